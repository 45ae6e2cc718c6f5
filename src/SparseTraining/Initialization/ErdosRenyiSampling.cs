namespace SparseTraining.Initialization;

/// <summary>How the links of a random topology are drawn.</summary>
public enum ErdosRenyiSampling
{
    /// <summary>
    /// Exactly the number of links asked for; every such set of positions is equally likely: G(n, M).
    /// </summary>
    Exact,

    /// <summary>Each position is a link with the same probability, independently of the others: G(n, p).</summary>
    Bernoulli,

    /// <summary>
    /// That number of draws with replacement, duplicates merged, as the published code of SET does. Slightly fewer
    /// links than asked for, and a small layer that would be full under the other two is not. For comparison with
    /// that code.
    /// </summary>
    WithReplacement,
}
