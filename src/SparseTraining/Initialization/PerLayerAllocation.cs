namespace SparseTraining.Initialization;

/// <summary>A density for each layer.</summary>
internal sealed class PerLayerAllocation(double[] densities) : DensityAllocation
{
    public ReadOnlySpan<double> Densities => densities;

    public override string ToString() =>
        "densities " + string.Join(", ", densities.Select(density => FormattableString.Invariant($"{density}")));

    private protected override LayerDensity[] AllocateChecked(IReadOnlyList<LayerShape> layers)
    {
        if (layers.Count != densities.Length)
        {
            throw new ArgumentException(
                $"There are {densities.Length} densities for {layers.Count} sparse layers; one of each is needed.",
                nameof(layers));
        }

        return [.. layers.Select((layer, i) => LayerDensity.FromLinks(layer, densities[i] * layer.PositionCount))];
    }
}
