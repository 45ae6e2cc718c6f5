using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>One prune and one grow on a layer: the composition that every method shares.</summary>
public static class Rewire
{
    /// <summary>Plans a rewire. The layer itself is not changed.</summary>
    /// <param name="mask">The layer's links.</param>
    /// <param name="values">Their weights, in the mask's order.</param>
    /// <param name="evolution">The criteria.</param>
    /// <param name="zeta">The fraction of links to prune, in [0, 1).</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="gradient">The dense gradient, for criteria that need it.</param>
    /// <param name="pruneOnly">Whether no links are grown.</param>
    /// <returns>The plan; the number of links stays exactly the same unless <paramref name="pruneOnly"/>.</returns>
    /// <exception cref="ArgumentException">There is not one weight a link.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="zeta"/> is outside [0, 1).</exception>
    /// <exception cref="InvalidOperationException">
    /// There are fewer free positions than links to grow, or a criterion broke its promise.
    /// </exception>
    public static RewirePlan Plan(
        WeightMask mask,
        ReadOnlySpan<float> values,
        TopologyEvolution evolution,
        double zeta,
        RandomGenerator random,
        IDenseGradient? gradient = null,
        bool pruneOnly = false)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(evolution);
        ArgumentNullException.ThrowIfNull(random);
        if (values.Length != mask.LinkCount)
        {
            throw new ArgumentException($"There are {values.Length} weights for {mask.LinkCount} links.", nameof(values));
        }

        if (!(zeta is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(zeta), zeta, "Zeta, the fraction of links pruned, must lie in [0, 1).");
        }

        bool[] flags = LinkScratch.Rent<bool>(mask.LinkCount);
        Span<bool> keep = flags.AsSpan(0, mask.LinkCount);
        keep.Fill(true);
        evolution.Prune.Prune(new PruneContext(mask, values, zeta, random), keep);
        WeightMask survivors = mask.Where(keep);
        int count = pruneOnly ? 0 : mask.LinkCount - survivors.LinkCount;
        WeightMask excluded = evolution.AllowsRegrowth ? survivors : mask;
        if (count > excluded.PositionCount - excluded.LinkCount)
        {
            throw new InvalidOperationException(
                $"{count} links are to be grown, but the layer of {mask.Columns} × {mask.Rows} has only {excluded.PositionCount - excluded.LinkCount} free positions; lower zeta or the density, or allow regrowth.");
        }

        WeightMask grown = count == 0
            ? WeightMask.Empty(mask.Rows, mask.Columns)
            : evolution.Grow.Grow(new GrowContext(excluded, count, random, gradient));
        if (grown.LinkCount != count)
        {
            throw new InvalidOperationException($"The grow criterion gave {grown.LinkCount} links where {count} were asked for.");
        }

        if (grown.Rows != mask.Rows || grown.Columns != mask.Columns)
        {
            throw new InvalidOperationException(
                $"The grow criterion gave links of a {grown.Columns} × {grown.Rows} layer for one of {mask.Columns} × {mask.Rows}.");
        }

        if (excluded.FirstCommon(grown) is Link link)
        {
            throw new InvalidOperationException(
                $"The grow criterion gave the link from input {link.Column} to output {link.Row}, which may not be grown.");
        }

        RewirePlan plan = RewirePlan.Create(mask, keep, survivors, grown);
        LinkScratch.Return(flags);
        return plan;
    }
}
