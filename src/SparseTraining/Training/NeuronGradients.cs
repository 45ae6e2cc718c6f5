using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>Gradients of parameters that belong to neurons: biases, and those of an activation.</summary>
internal static class NeuronGradients
{
    /// <summary>Computes those of some neurons over some tiles.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="workspace">The blocks after the backward pass of the layer.</param>
    /// <param name="index">The layer's number.</param>
    /// <param name="firstTile">The first tile.</param>
    /// <param name="endTile">One past the last tile.</param>
    /// <param name="kind">Biases, or parameters of the activation.</param>
    /// <param name="first">The first parameter, one that begins a neuron.</param>
    /// <param name="gradient">Receives a sum for each parameter; nothing happens if it is empty.</param>
    /// <param name="scratch">As much again where there are several tiles.</param>
    public static void Compute(
        NetworkLayer layer, Workspace workspace, int index, int firstTile, int endTile, ParameterKind kind, int first, Span<float> gradient, Span<float> scratch)
    {
        int neurons = layer.Linear.OutputSize;
        int perNeuron = kind == ParameterKind.Biases ? 1 : layer.Activation.ParametersPerNeuron;
        for (int tile = firstTile; !gradient.IsEmpty && tile < endTile; tile++)
        {
            int width = workspace.Layout.WidthOf(tile);
            int start = first / perNeuron * width;
            int length = gradient.Length / perNeuron * width;
            if (kind == ParameterKind.Biases)
            {
                RowSums.Run(workspace.GradientTile(index, tile, neurons).Slice(start, length), width, gradient, add: tile > firstTile);
                continue;
            }

            // Each tile from 0, then the tiles in their order, as when each is kept: an activation may add sample by sample.
            Span<float> sum = tile == firstTile ? gradient : scratch[..gradient.Length];
            sum.Clear();
            layer.Activation.ParameterGradient(
                workspace.LogitTile(index, tile, neurons).Slice(start, length),
                workspace.ActivationGradientTile(index, tile, neurons).Slice(start, length),
                width,
                layer.ActivationParameters.Values.AsSpan(first, gradient.Length),
                sum);
            if (tile > firstTile)
            {
                Arithmetic.Add(gradient, sum, gradient);
            }
        }
    }
}
