namespace SparseTraining.Initialization;

/// <summary>ε (inputs + outputs) links per layer.</summary>
internal sealed class EpsilonAllocation(double epsilon) : DensityAllocation
{
    public double LinksPerNeuron => epsilon;

    public override string ToString() => FormattableString.Invariant($"epsilon {epsilon}");

    private protected override LayerDensity[] AllocateChecked(IReadOnlyList<LayerShape> layers) =>
        [.. layers.Select(layer => LayerDensity.FromLinks(layer, epsilon * layer.NeuronCount))];
}
