using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Turns rows of dA into dZ, which takes its place in the workspace, keeping dA where the activation has parameters to train.</summary>
internal static class ThroughActivation
{
    /// <summary>Goes back through dropout, then through the activation. Overwrites <paramref name="da"/>, the gradient of the rows.</summary>
    public static void WithDropout(
        NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount, Span<float> da, ulong dropoutKey)
    {
        // Where dropout put a 0 and the slope is 0 there, the mask need not be found again.
        bool onlyScales = layer.DropoutRate > 0 && layer.Activation.SlopeVanishesAtZero;
        if (layer.DropoutRate > 0 && !onlyScales)
        {
            Dropout.Apply(
                da, workspace.Layout.WidthOf(tile), firstRow, tile * workspace.Layout.Width, layer.DropoutRate, ForwardPass.DropoutKey(dropoutKey, index));
        }

        Apply(layer, workspace, index, tile, firstRow, rowCount, da, onlyScales ? Dropout.KeptScale(layer.DropoutRate) : 1f);
    }

    /// <summary>
    /// The same for an activation of all neurons at once, whose gradient is in the workspace. It is promised f(z), which dropout has changed, so that
    /// has to be undone for the while.
    /// </summary>
    public static void OfWholeLayer(NetworkLayer layer, Workspace workspace, int index, int tile, ulong dropoutKey)
    {
        int neurons = layer.Linear.OutputSize;
        int width = workspace.Layout.WidthOf(tile);
        Span<float> outputs = workspace.OutputTile(index, tile, neurons);
        if (layer.DropoutRate > 0)
        {
            layer.Activation.Forward(workspace.LogitTile(index, tile, neurons), outputs, width, layer.ActivationParameters.Values);
        }

        WithDropout(layer, workspace, index, tile, 0, neurons, workspace.GradientTile(index, tile, neurons), dropoutKey);
        if (layer.DropoutRate > 0)
        {
            Dropout.Apply(outputs, width, 0, tile * workspace.Layout.Width, layer.DropoutRate, ForwardPass.DropoutKey(dropoutKey, index));
        }
    }

    /// <summary>Goes back through the activation alone, for gradients that are to be multiplied by a factor first.</summary>
    public static void Apply(
        NetworkLayer layer, Workspace workspace, int index, int tile, int firstRow, int rowCount, Span<float> da, float factor)
    {
        int width = workspace.Layout.WidthOf(tile);
        int neurons = layer.Linear.OutputSize;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        ReadOnlySpan<float> logits = Rows(workspace.LogitTile(index, tile, neurons), width, firstRow, rowCount);
        ReadOnlySpan<float> outputs = Rows(workspace.OutputTile(index, tile, neurons), width, firstRow, rowCount);
        Span<float> dz = Rows(workspace.GradientTile(index, tile, neurons), width, firstRow, rowCount);
        ReadOnlySpan<float> parameters = layer.ActivationParameters.Values.AsSpan(firstRow * perNeuron, rowCount * perNeuron);
        if (perNeuron > 0)
        {
            da.CopyTo(Rows(workspace.ActivationGradientTile(index, tile, neurons), width, firstRow, rowCount));
        }

        layer.Activation.BackwardScaled(logits, outputs, da, dz, factor, width, parameters);
    }

    private static Span<float> Rows(Span<float> tile, int width, int firstRow, int rowCount) =>
        tile.Slice(firstRow * width, rowCount * width);
}
