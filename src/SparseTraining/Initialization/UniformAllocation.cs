namespace SparseTraining.Initialization;

/// <summary>The same density for every layer.</summary>
internal sealed class UniformAllocation(double density) : DensityAllocation
{
    public double Density => density;

    public override string ToString() => FormattableString.Invariant($"density {density}");

    private protected override LayerDensity[] AllocateChecked(IReadOnlyList<LayerShape> layers) =>
        [.. layers.Select(layer => LayerDensity.FromLinks(layer, density * layer.PositionCount))];
}
