namespace SparseTraining.Initialization;

/// <summary>How many links a layer gets.</summary>
/// <param name="Density">The share of positions that was asked for, in (0, 1]; not rounded to whole links.</param>
/// <param name="LinkCount">The whole number of links, at most one per position.</param>
/// <param name="IsClamped">Whether more links were asked for than there are positions.</param>
public readonly record struct LayerDensity(double Density, int LinkCount, bool IsClamped)
{
    /// <summary>
    /// The links that were asked for before the limit of one per position was applied:
    /// the number of draws of <see cref="ErdosRenyiSampling.WithReplacement"/>.
    /// </summary>
    public long RequestedLinkCount { get; init; } = LinkCount;

    /// <summary>Turns a wish into whole links: round half away from zero, at most one per position.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="links">The links wished for, above 0.</param>
    /// <returns>What the layer gets.</returns>
    /// <exception cref="InvalidOperationException">The layer would get more links than a mask can hold.</exception>
    internal static LayerDensity FromLinks(LayerShape shape, double links) =>
        FromLinks(shape, links, (long)Math.Round(links, MidpointRounding.AwayFromZero));

    /// <summary>Describes a layer whose whole number of links is settled elsewhere.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="links">The links wished for, above 0.</param>
    /// <param name="rounded">The same as a whole number.</param>
    /// <returns>What the layer gets.</returns>
    /// <exception cref="InvalidOperationException">The layer would get more links than a mask can hold.</exception>
    internal static LayerDensity FromLinks(LayerShape shape, double links, long rounded)
    {
        long count = Math.Min(rounded, shape.PositionCount);
        if (count > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"A layer of {shape.Inputs} inputs and {shape.Outputs} outputs would get {count} links;"
                + $" a layer can hold at most {Array.MaxLength}.");
        }

        bool isClamped = links > shape.PositionCount;
        double density = isClamped ? 1 : links / shape.PositionCount;
        return new LayerDensity(density, (int)count, isClamped) { RequestedLinkCount = rounded };
    }
}
