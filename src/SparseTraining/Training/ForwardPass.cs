using System.Numerics.Tensors;
using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// The first half of a step: samples into feature-major tiles, forward through all layers, loss and its gradient. Where
/// there are tiles enough for the threads, a thread takes a tile through everything without waiting for others; otherwise
/// the threads share the rows of one layer after another. The results are the same.
/// </summary>
internal sealed class ForwardPass(Network network, Workspace workspace, MlpTask task) : IParallelWork
{
    /// <summary>Values of a piece of a block that linear layer, activation and dropout work on while it is cached.</summary>
    private const int CachedValues = 2048;

    /// <summary>Pieces of a layer for each thread, so that one that is held back does not hold back the others.</summary>
    private const int PiecesPerThread = 4;

    /// <summary>
    /// 2^−100: smaller gradients of the loss become 0. Samples that the network is sure of have many of them (softmax leaves e^−z), and
    /// what is made of them on the way back would be subnormal numbers, which on some processors take a hundred times as long to multiply.
    /// </summary>
    private const float SmallestGradient = 1f / (1L << 50) / (1L << 50);

    private readonly int[] _right = new int[workspace.Layout.Count];
    private MiniBatch? _batch;
    private int _count;
    private FeatureScaler? _scaler;
    private float[] _classWeights = [];
    private bool _training;
    private ulong _dropoutKey;
    private Stage _stage;
    private int _layer;
    private int _piecesPerTile;

    private enum Stage
    {
        WholeTiles,
        Fill,
        Layer,
        Loss,
    }

    /// <summary>Samples of the batch that a classifier in training had right, dropout and all.</summary>
    public int Right => TensorPrimitives.Sum<int>(_right.AsSpan(0, workspace.Layout.Used(_count)));

    /// <summary>Sets what the next <see cref="Run"/> works on.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="scaler">Applied to the features, or <see langword="null"/>.</param>
    /// <param name="classWeights">One factor a class, or empty.</param>
    /// <param name="training">Whether dropout applies and the loss gradient is wanted.</param>
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

    /// <summary>Runs the tiles that hold samples.</summary>
    public void Run(WorkerTeam team)
    {
        int tiles = workspace.Layout.Used(_count);
        if (tiles % team.Size == 0 || tiles > PiecesPerThread * team.Size)
        {
            _stage = Stage.WholeTiles;
            team.Run(this, tiles);
            return;
        }

        _stage = Stage.Fill;
        team.Run(this, tiles);
        _stage = Stage.Layer;
        for (_layer = 0; _layer < network.Layers.Length; _layer++)
        {
            NetworkLayer layer = network.Layers[_layer];
            _piecesPerTile = layer.Activation.IsElementwise
                ? Math.Clamp(PiecesPerThread * team.Size / tiles, 1, layer.Linear.OutputSize)
                : 1;
            team.Run(this, tiles * _piecesPerTile);
        }

        _stage = Stage.Loss;
        team.Run(this, tiles);
    }

    /// <summary>Takes one tile forward through all layers.</summary>
    public void RunTile(int tile)
    {
        Fill(tile);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            Forward(i, tile, 0, network.Layers[i].Linear.OutputSize);
        }

        EvaluateLoss(tile);
    }

    /// <summary>Whether the losses of a tile's samples are numbers.</summary>
    public bool LossIsFinite(int tile) =>
        !workspace.LossTile(tile)[..SamplesOf(tile)].ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    public void Execute(int piece, int worker)
    {
        switch (_stage)
        {
            case Stage.WholeTiles:
                RunTile(piece);
                break;
            case Stage.Fill:
                Fill(piece);
                break;
            case Stage.Layer:
                (int tile, int part) = Math.DivRem(piece, _piecesPerTile);
                long neurons = network.Layers[_layer].Linear.OutputSize;
                int first = (int)(neurons * part / _piecesPerTile);
                Forward(_layer, tile, first, (int)(neurons * (part + 1) / _piecesPerTile) - first);
                break;
            default:
                EvaluateLoss(piece);
                break;
        }
    }

    private int SamplesOf(int tile) => Math.Min(workspace.Layout.WidthOf(tile), _count - tile * workspace.Layout.Width);

    private void Fill(int tile) => workspace.Fill(tile, _batch!, _count, _scaler, _classWeights, network.OutputSize);

    /// <summary>Computes some rows of a layer for one tile, a few at a time while they are cached.</summary>
    private void Forward(int index, int tile, int firstRow, int rowCount)
    {
        NetworkLayer layer = network.Layers[index];
        int width = workspace.Layout.WidthOf(tile);
        int neurons = layer.Linear.OutputSize;
        ReadOnlySpan<float> input = workspace.LayerInputTile(index, tile, layer.Linear.InputSize);
        Span<float> logits = workspace.LogitTile(index, tile, neurons);
        Span<float> output = workspace.OutputTile(index, tile, neurons);
        int piece = layer.Activation.IsElementwise && !layer.Linear.TakesAllRows(input) ? Math.Max(1, CachedValues / width) : neurons;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        for (int row = firstRow, rows; row < firstRow + rowCount; row += rows)
        {
            rows = Math.Min(piece, firstRow + rowCount - row);
            Span<float> z = logits.Slice(row * width, rows * width);
            Span<float> a = output.Slice(row * width, rows * width);
            layer.Linear.ForwardRows(input, z, width, row, rows);
            layer.Activation.Forward(z, a, width, layer.ActivationParameters.Values.AsSpan(row * perNeuron, rows * perNeuron));
            if (_training && layer.DropoutRate > 0)
            {
                Dropout.Apply(a, width, row, tile * workspace.Layout.Width, layer.DropoutRate, DropoutKey(_dropoutKey, index));
            }
        }
    }

    private void EvaluateLoss(int tile)
    {
        int last = network.Layers.Length - 1;
        int width = workspace.Layout.WidthOf(tile);
        int outputs = network.OutputSize;
        NetworkLayer layer = network.Layers[last];
        Span<float> logits = workspace.LogitTile(last, tile, outputs);
        Span<float> output = workspace.OutputTile(last, tile, outputs);
        ReadOnlySpan<float> targets = workspace.TargetTile(tile, outputs);
        Span<float> gradient = _training ? workspace.GradientTile(last, tile, outputs) : [];
        network.Loss.Evaluate(
            logits, output, targets, workspace.WeightTile(tile), width, gradient, workspace.LossTile(tile));
        _right[tile] = _training ? RightSamples.Count(task, output, targets, width, SamplesOf(tile)) : 0;
        if (_training && !network.Loss.GradientIsWithRespectToLogits)
        {
            ThroughActivation.Apply(layer, workspace, last, tile, 0, outputs, gradient, factor: 1f);
        }

        Arithmetic.Flush(gradient, SmallestGradient);
    }

    /// <summary>The key of a layer's dropout mask in one step; the backward pass asks for the same.</summary>
    public static ulong DropoutKey(ulong stepKey, int layer) => stepKey + (ulong)layer;
}
