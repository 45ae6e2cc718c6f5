using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Turns rows of dA into dZ in place, keeping dA where the activation has parameters to train.</summary>
internal static class ThroughActivation
{
    /// <summary>Goes back through dropout, then through the activation.</summary>
    public static void WithDropout(NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount, ulong dropoutKey)
    {
        int width = workspace.Layout.WidthOf(tile);
        if (layer.DropoutRate > 0 && !layer.Activation.SlopeVanishesAtZero)
        {
            Span<float> gradient = Rows(workspace.GradientTile(index, tile, layer.Linear.OutputSize), width, firstRow, rowCount);
            Dropout.Apply(gradient, width, firstRow, tile * workspace.Layout.Width, layer.DropoutRate, ForwardPass.DropoutKey(dropoutKey, index));
        }

        // Where dropout put a 0 and the slope is 0 there, the mask need not be found again.
        bool onlyScales = layer.DropoutRate > 0 && layer.Activation.SlopeVanishesAtZero;
        Apply(layer, workspace, index, tile, firstRow, rowCount, onlyScales ? Dropout.KeptScale(layer.DropoutRate) : 1f);
    }

    /// <summary>Goes back through the activation alone, for gradients that are to be multiplied by a factor first.</summary>
    public static void Apply(NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount, float factor)
    {
        int width = workspace.Layout.WidthOf(tile);
        int neurons = layer.Linear.OutputSize;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        Span<float> gradient = Rows(workspace.GradientTile(index, tile, neurons), width, firstRow, rowCount);
        ReadOnlySpan<float> logits = Rows(workspace.LogitTile(index, tile, neurons), width, firstRow, rowCount);
        ReadOnlySpan<float> outputs = Rows(workspace.OutputTile(index, tile, neurons), width, firstRow, rowCount);
        ReadOnlySpan<float> parameters = layer.ActivationParameters.Values.AsSpan(firstRow * perNeuron, rowCount * perNeuron);
        if (perNeuron > 0)
        {
            gradient.CopyTo(Rows(workspace.ActivationGradientTile(index, tile, neurons), width, firstRow, rowCount));
        }

        if (factor == 1f)
        {
            layer.Activation.Backward(logits, outputs, gradient, gradient, width, parameters);
        }
        else
        {
            layer.Activation.BackwardScaled(logits, outputs, gradient, factor, width, parameters);
        }
    }

    private static Span<float> Rows(Span<float> tile, int width, int firstRow, int rowCount) =>
        tile.Slice(firstRow * width, rowCount * width);
}
