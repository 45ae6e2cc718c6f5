namespace SparseTraining.Initialization;

/// <summary>One density for the network, shared out in proportion to (inputs + outputs) / (inputs · outputs).</summary>
internal sealed class ErdosRenyiKernelAllocation(double networkDensity) : DensityAllocation
{
    public double NetworkDensity => networkDensity;

    public override string ToString() => FormattableString.Invariant($"network density {networkDensity} (ERK)");

    private protected override LayerDensity[] AllocateChecked(IReadOnlyList<LayerShape> layers)
    {
        bool[] isDense = new bool[layers.Count];
        double linksPerNeuron = Solve(layers, isDense);
        var result = new LayerDensity[layers.Count];

        // Rounding the running total instead of each layer keeps the sum exact.
        double total = 0;
        long roundedTotal = 0;
        for (int i = 0; i < result.Length; i++)
        {
            LayerShape layer = layers[i];
            if (isDense[i])
            {
                result[i] = LayerDensity.FromLinks(layer, layer.PositionCount) with { IsClamped = true };
                continue;
            }

            double links = linksPerNeuron * layer.NeuronCount;
            total += links;
            long rounded = (long)Math.Round(total, MidpointRounding.AwayFromZero);
            result[i] = LayerDensity.FromLinks(layer, links, rounded - roundedTotal);
            roundedTotal = rounded;
        }

        return result;
    }

    /// <summary>Finds the links per neuron that use up the budget, and the layers that it makes dense.</summary>
    private double Solve(IReadOnlyList<LayerShape> layers, bool[] isDense)
    {
        while (true)
        {
            double budget = 0;
            long neurons = 0;
            for (int i = 0; i < layers.Count; i++)
            {
                budget += (networkDensity - (isDense[i] ? 1 : 0)) * layers[i].PositionCount;
                neurons += isDense[i] ? 0 : layers[i].NeuronCount;
            }

            double linksPerNeuron = neurons == 0 ? 0 : budget / neurons;
            bool changed = false;
            for (int i = 0; i < layers.Count; i++)
            {
                bool passes = !isDense[i] && linksPerNeuron * layers[i].NeuronCount > layers[i].PositionCount;
                isDense[i] |= passes;
                changed |= passes;
            }

            if (!changed)
            {
                return linksPerNeuron;
            }
        }
    }
}
