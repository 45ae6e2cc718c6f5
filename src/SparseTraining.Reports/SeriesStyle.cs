namespace SparseTraining.Reports;

/// <summary>How a series of points is drawn.</summary>
public enum SeriesStyle
{
    /// <summary>A solid line.</summary>
    Line,

    /// <summary>A dashed line, for what is computed or expected beside what was measured.</summary>
    Dashed,

    /// <summary>A mark at each point and no line.</summary>
    Points,
}
