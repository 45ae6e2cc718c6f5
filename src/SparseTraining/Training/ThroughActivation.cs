using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Turns rows of dA into dZ in place, keeping dA where the activation has parameters to train.</summary>
internal static class ThroughActivation
{
    /// <summary>Goes back through dropout, then through the activation.</summary>
    public static void WithDropout(NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount, ulong dropoutKey)
    {
        if (layer.DropoutRate > 0)
        {
            int width = workspace.Layout.WidthOf(tile);
            Span<float> gradient = workspace.GradientTile(index, tile, layer.Linear.OutputSize).Slice(firstRow * width, rowCount * width);
            if (layer.Activation.SlopeVanishesAtZero)
            {
                // Where dropout put a 0, the slope is 0: the mask need not be found again.
                Dropout.Scale(gradient, layer.DropoutRate);
            }
            else
            {
                Dropout.Apply(gradient, width, firstRow, tile * workspace.Layout.Width, layer.DropoutRate, ForwardPass.DropoutKey(dropoutKey, index));
            }
        }

        Apply(layer, workspace, index, tile, firstRow, rowCount);
    }

    /// <summary>Goes back through the activation alone.</summary>
    public static void Apply(NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount)
    {
        int width = workspace.Layout.WidthOf(tile);
        int neurons = layer.Linear.OutputSize;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        int start = firstRow * width;
        int length = rowCount * width;
        Span<float> gradient = workspace.GradientTile(index, tile, neurons).Slice(start, length);
        if (perNeuron > 0)
        {
            gradient.CopyTo(workspace.ActivationGradientTile(index, tile, neurons).Slice(start, length));
        }

        layer.Activation.Backward(
            workspace.LogitTile(index, tile, neurons).Slice(start, length),
            workspace.OutputTile(index, tile, neurons).Slice(start, length),
            gradient,
            gradient,
            width,
            layer.ActivationParameters.Values.AsSpan(firstRow * perNeuron, rowCount * perNeuron));
    }
}
