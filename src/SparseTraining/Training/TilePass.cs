using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>
/// Takes one tile of samples through all layers forward and, for training, backward, without waiting for other tiles.
/// Gradients with respect to each layer's logits stay in the workspace for the update.
/// </summary>
internal sealed class TilePass(Network network, Workspace workspace) : IParallelWork
{
    /// <summary>Values of a piece of a block that linear layer, activation and dropout work on while it is cached.</summary>
    private const int PieceValues = 2048;

    private MiniBatch? _batch;
    private int _count;
    private FeatureScaler? _scaler;
    private float[] _classWeights = [];
    private bool _training;
    private ulong _dropoutKey;

    /// <summary>Sets what the next <see cref="Execute"/> calls work on.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="scaler">Applied to the features, or <see langword="null"/>.</param>
    /// <param name="classWeights">One factor a class, or empty.</param>
    /// <param name="training">Whether dropout applies and the backward pass follows.</param>
    /// <param name="dropoutKey">Fixed for one step.</param>
    public void Prepare(MiniBatch batch, int count, FeatureScaler? scaler, float[] classWeights, bool training, ulong dropoutKey)
    {
        _batch = batch;
        _count = count;
        _scaler = scaler;
        _classWeights = classWeights;
        _training = training;
        _dropoutKey = dropoutKey;
    }

    public void Execute(int piece)
    {
        workspace.Fill(piece, _batch!, _count, _scaler, _classWeights, network.OutputSize);
        Forward(piece);
        EvaluateLoss(piece);
        if (_training)
        {
            Backward(piece);
        }
    }

    private void Forward(int tile)
    {
        int width = workspace.Layout.Width;
        ReadOnlySpan<float> input = workspace.InputTile(tile, network.InputSize);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            int neurons = layer.Linear.OutputSize;
            Span<float> logits = workspace.LogitTile(i, tile, neurons);
            Span<float> output = workspace.OutputTile(i, tile, neurons);
            int piece = layer.Activation.IsElementwise ? Math.Max(1, PieceValues / width) : neurons;
            int perNeuron = layer.Activation.ParametersPerNeuron;
            for (int row = 0; row < neurons; row += piece)
            {
                int rows = Math.Min(piece, neurons - row);
                Span<float> z = logits.Slice(row * width, rows * width);
                Span<float> a = output.Slice(row * width, rows * width);
                layer.Linear.ForwardRows(input, z, width, row, rows);
                layer.Activation.Forward(z, a, width, layer.ActivationParameters.Values.AsSpan(row * perNeuron, rows * perNeuron));
                if (_training && layer.DropoutRate > 0)
                {
                    Dropout.Apply(a, width, row, tile * width, layer.DropoutRate, _dropoutKey + (ulong)i);
                }
            }

            input = output;
        }
    }

    private void EvaluateLoss(int tile)
    {
        int last = network.Layers.Length - 1;
        int width = workspace.Layout.Width;
        int outputs = network.OutputSize;
        NetworkLayer layer = network.Layers[last];
        Span<float> logits = workspace.LogitTile(last, tile, outputs);
        Span<float> output = workspace.OutputTile(last, tile, outputs);
        Span<float> gradient = _training ? workspace.GradientTile(last, tile, outputs) : [];
        network.Loss.Evaluate(
            logits, output, workspace.TargetTile(tile, outputs), workspace.WeightTile(tile), width, gradient, workspace.LossTile(tile));
        if (_training && !network.Loss.GradientIsWithRespectToLogits)
        {
            ThroughActivation(layer, last, tile, gradient, 0, outputs);
        }
    }

    private void Backward(int tile)
    {
        int width = workspace.Layout.Width;
        for (int i = network.Layers.Length - 1; i > 0; i--)
        {
            LinearLayer linear = network.Layers[i].Linear;
            NetworkLayer below = network.Layers[i - 1];
            int neurons = linear.InputSize;
            ReadOnlySpan<float> outputGradient = workspace.GradientTile(i, tile, linear.OutputSize);
            Span<float> inputGradient = workspace.GradientTile(i - 1, tile, neurons);
            int piece = below.Activation.IsElementwise ? Math.Max(1, PieceValues / width) : neurons;
            for (int row = 0; row < neurons; row += piece)
            {
                int rows = Math.Min(piece, neurons - row);
                Span<float> gradient = inputGradient.Slice(row * width, rows * width);
                linear.BackwardRows(outputGradient, gradient, width, row, rows);
                if (below.DropoutRate > 0)
                {
                    Dropout.Apply(gradient, width, row, tile * width, below.DropoutRate, _dropoutKey + (ulong)(i - 1));
                }

                ThroughActivation(below, i - 1, tile, gradient, row, rows);
            }
        }
    }

    /// <summary>Turns rows of dA into dZ in place, keeping dA where the activation has parameters to train.</summary>
    private void ThroughActivation(NetworkLayer layer, int index, int tile, Span<float> gradient, int row, int rows)
    {
        int width = workspace.Layout.Width;
        int neurons = layer.Linear.OutputSize;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        if (perNeuron > 0)
        {
            gradient.CopyTo(workspace.ActivationGradientTile(index, tile, neurons).Slice(row * width, rows * width));
        }

        layer.Activation.Backward(
            workspace.LogitTile(index, tile, neurons).Slice(row * width, rows * width),
            workspace.OutputTile(index, tile, neurons).Slice(row * width, rows * width),
            gradient,
            gradient,
            width,
            layer.ActivationParameters.Values.AsSpan(row * perNeuron, rows * perNeuron));
    }
}
