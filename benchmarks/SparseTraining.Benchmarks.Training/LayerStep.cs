using System.Diagnostics;
using SparseTraining.Benchmarks.Training.Scale;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// A step of one layer: forward, input and weight gradients, momentum update, as the trainer calls them where the threads
/// share a layer's rows and inputs. Without biases and activations.
/// </summary>
internal sealed class LayerStep : IParallelWork
{
    private const int PiecesPerThread = 16;
    private const int CachedValues = 2048;

    private readonly LinearLayer _layer;
    private readonly TileLayout _layout;
    private readonly AlignedBuffer _input;
    private readonly AlignedBuffer _output;
    private readonly AlignedBuffer _inputGradient;
    private readonly float[] _weightGradient;
    private readonly List<(int First, int Count)> _inputPieces = [];
    private readonly UpdateRule _rule;
    private float[][] _scratch = [];
    private int _parts;
    private Action<int, int> _phase;

    /// <summary>Prepares a step.</summary>
    /// <param name="layer">The layer, with weights.</param>
    /// <param name="layout">A full batch.</param>
    /// <param name="batchSize">Samples in it.</param>
    public LayerStep(LinearLayer layer, TileLayout layout, int batchSize)
    {
        _layer = layer;
        _layout = layout;
        Optimizer momentum = Optimizers.Optimizers.Momentum();
        layer.Weights.EnsureState(momentum);

        // So small a rate that the last step meets the same numbers as the first.
        _rule = new UpdateRule(momentum, new UpdateContext(1, 1e-9), 1f / batchSize, Regularization.None, null);
        _input = Block(layer.InputSize);
        _output = Block(layer.OutputSize);
        _inputGradient = Block(layer.InputSize);
        _weightGradient = new float[layer.WeightValues.Length];
        _phase = Forward;
        var random = new RandomGenerator(3);
        foreach (ref float value in _input.Span)
        {
            value = 2 * random.NextSingle() - 1;
        }

        for (int first = 0, count; first < layer.InputSize; first += count)
        {
            count = layer.InputsOfPiece(first, LinearLayer.PieceWeights);
            _inputPieces.Add((first, count));
        }
    }

    /// <summary>Reads rows of the first tile of inputs in random order; gigabytes a second.</summary>
    public double ReadSpeedOfInput() => ReadSpeed.Measure(_input, _layout.Width, _layer.InputSize);

    /// <summary>One step; seconds by phase.</summary>
    public (double Forward, double Backward, double Update) Run(WorkerTeam team)
    {
        if (_scratch.Length != team.Size)
        {
            _parts = PiecesPerThread * team.Size;
            _scratch = [.. Enumerable.Range(0, team.Size).Select(_ => new float[_layer.ScratchLength])];
        }

        double forward = Run(team, Forward, _layout.Count * _parts);
        double backward = Run(team, Backward, _inputPieces.Count);
        double update = Run(team, Update, (_weightGradient.Length + LinearLayer.PieceWeights - 1) / LinearLayer.PieceWeights);
        return (forward, backward, update);
    }

    public void Execute(int piece, int worker) => _phase(piece, worker);

    private AlignedBuffer Block(int features) => new(_layout.Length(features, _layout.Count));

    private double Run(WorkerTeam team, Action<int, int> phase, int pieces)
    {
        _phase = phase;
        long start = Stopwatch.GetTimestamp();
        team.Run(this, pieces);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Forward(int piece, int worker)
    {
        (int tile, int part) = Math.DivRem(piece, _parts);
        int width = _layout.WidthOf(tile);
        int end = (int)((long)_layer.OutputSize * (part + 1) / _parts);
        Span<float> output = _layout.Tile(_output.Span, tile, _layer.OutputSize);
        ReadOnlySpan<float> input = _layout.Tile((ReadOnlySpan<float>)_input.Span, tile, _layer.InputSize);
        for (int row = (int)((long)_layer.OutputSize * part / _parts), rows; row < end; row += rows)
        {
            rows = _layer.TakesAllRows(input) ? end - row : Math.Min(CachedValues / width, end - row);
            _layer.ForwardRows(input, output.Slice(row * width, rows * width), width, row, rows);
        }
    }

    private void Backward(int piece, int worker)
    {
        // The outputs serve as their own gradient: any numbers do.
        (int first, int count) = _inputPieces[piece];
        for (int tile = 0; tile < _layout.Count; tile++)
        {
            int width = _layout.WidthOf(tile);
            _layer.BackwardInputs(
                new BackwardTile
                {
                    Input = _layout.Tile((ReadOnlySpan<float>)_input.Span, tile, _layer.InputSize),
                    OutputGradient = _layout.Tile((ReadOnlySpan<float>)_output.Span, tile, _layer.OutputSize),
                    InputGradient = _layout.Tile(_inputGradient.Span, tile, _layer.InputSize).Slice(first * width, count * width),
                    Width = width,
                    FirstInput = first,
                    InputCount = count,
                    Adds = tile > 0,
                },
                _weightGradient,
                _scratch[worker]);
        }
    }

    private void Update(int piece, int worker)
    {
        int first = piece * LinearLayer.PieceWeights;
        Span<float> gradient = _weightGradient.AsSpan(first, Math.Min(LinearLayer.PieceWeights, _weightGradient.Length - first));
        _layer.Weights.Update(first, gradient, _rule, ParameterKind.Weights);
    }
}
