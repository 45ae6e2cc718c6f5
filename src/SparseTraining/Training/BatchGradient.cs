using SparseTraining.Evolution;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>The dense gradient of one layer over the mini-batch that the workspace still holds.</summary>
internal sealed class BatchGradient(Network network, Workspace workspace, BackwardPass backward, int layer) : IDenseGradient
{
    public void ComputeRow(int row, Span<float> destination)
    {
        if (!workspace.KeepsOutputs)
        {
            throw new InvalidOperationException(
                $"The batch's gradient is not there any more: {nameof(IGrowCriterion.NeedsGradient)} was false when training began.");
        }

        int inputs = network.Layers[layer].Linear.InputSize;
        int outputs = network.Layers[layer].Linear.OutputSize;
        destination = destination[..inputs];
        for (int tile = 0; tile < backward.Tiles; tile++)
        {
            int width = workspace.Layout.WidthOf(tile);
            DenseGradient.Run(
                workspace.LayerInputTile(layer, tile, inputs),
                workspace.GradientTile(layer, tile, outputs).Slice(row * width, width),
                width,
                destination,
                inputs,
                add: tile > 0);
        }
    }
}
