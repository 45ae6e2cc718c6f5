using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>What a grow criterion may look at.</summary>
public readonly ref struct GrowContext
{
    /// <summary>Puts a context together.</summary>
    /// <param name="excluded">Positions that may not be grown.</param>
    /// <param name="count">Links to grow, exactly.</param>
    /// <param name="random">A stream for criteria that draw.</param>
    /// <param name="gradient">The dense gradient, or <see langword="null"/> when it was not asked for.</param>
    public GrowContext(WeightMask excluded, int count, RandomGenerator random, IDenseGradient? gradient)
    {
        Excluded = excluded;
        Count = count;
        Random = random;
        Gradient = gradient;
    }

    /// <summary>
    /// Positions that may not be grown: the surviving links, and those just pruned where they must not return.
    /// </summary>
    public WeightMask Excluded { get; }

    /// <summary>Links to grow, exactly.</summary>
    public int Count { get; }

    /// <summary>A stream for criteria that draw.</summary>
    public RandomGenerator Random { get; }

    /// <summary>
    /// The layer's dense gradient over the last mini-batch, a row at a time; <see langword="null"/> unless
    /// <see cref="IGrowCriterion.NeedsGradient"/> asks for it.
    /// </summary>
    public IDenseGradient? Gradient { get; }
}
