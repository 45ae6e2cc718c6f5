using SparseTraining.Evolution;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>The dense gradient of one layer over the mini-batch that the workspace still holds.</summary>
internal sealed class BatchGradient(Network network, Workspace workspace, UpdatePass update, int layer, int tiles) : IDenseGradient
{
    public void ComputeRow(int row, Span<float> destination)
    {
        int inputs = network.Layers[layer].Linear.InputSize;
        int outputs = network.Layers[layer].Linear.OutputSize;
        int width = workspace.Layout.Width;
        Sddmm.DenseRowGradient(update.Input(layer), workspace.AllGradients(layer)[..(tiles * outputs * width)], width, inputs, outputs, row, destination[..inputs]);
    }
}
