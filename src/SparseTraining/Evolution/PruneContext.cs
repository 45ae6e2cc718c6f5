using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>What a prune criterion may look at.</summary>
public readonly ref struct PruneContext
{
    /// <summary>Puts a context together.</summary>
    /// <param name="mask">The layer's links.</param>
    /// <param name="values">Their weights, in the mask's order.</param>
    /// <param name="zeta">The fraction of links to prune, in [0, 1).</param>
    /// <param name="random">A stream for criteria that draw.</param>
    public PruneContext(WeightMask mask, ReadOnlySpan<float> values, double zeta, RandomGenerator random)
    {
        Mask = mask;
        Values = values;
        Zeta = zeta;
        Random = random;
    }

    /// <summary>The layer's links.</summary>
    public WeightMask Mask { get; }

    /// <summary>The weights of the links, in the mask's order.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>The fraction of links to prune, in [0, 1).</summary>
    public double Zeta { get; }

    /// <summary>A stream for criteria that draw.</summary>
    public RandomGenerator Random { get; }
}
