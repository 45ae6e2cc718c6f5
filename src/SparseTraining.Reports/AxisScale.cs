namespace SparseTraining.Reports;

/// <summary>How an axis spaces its values.</summary>
public enum AxisScale
{
    /// <summary>Equal differences take equal space.</summary>
    Linear,

    /// <summary>Equal ratios take equal space. Values that are not above 0 are left out.</summary>
    Logarithmic,
}
