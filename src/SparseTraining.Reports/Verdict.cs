namespace SparseTraining.Reports;

/// <summary>What a run says about a claim.</summary>
public enum Verdict
{
    /// <summary>The claim holds.</summary>
    Holds,

    /// <summary>The claim does not hold.</summary>
    Fails,

    /// <summary>The run cannot tell.</summary>
    Open,
}
