using System.Diagnostics;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>
/// A square sparse layer and the memory of a step: forward, input and weight gradients, momentum update, as the trainer
/// calls them where the threads share a layer's rows and inputs. Without biases and activations.
/// </summary>
internal sealed class ScaleLayer : IParallelWork
{
    private const int PiecesPerThread = 16;
    private const int CachedValues = 2048;

    private readonly SparseLinearLayer _layer;
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

    public ScaleLayer(int neurons, int linksPerNeuron, TileLayout layout)
    {
        long start = Stopwatch.GetTimestamp();
        var mask = ErdosRenyiInitializer.Create(neurons, neurons, neurons * linksPerNeuron, new RandomGenerator(1));
        DrawSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        _layer = new SparseLinearLayer(mask);
        _layer.Initialize(WeightInitializers.HeUniform(), new RandomGenerator(2));
        Optimizer momentum = Optimizers.Optimizers.Momentum();
        _layer.Weights.EnsureState(momentum);

        // So small a rate that the last step meets the same numbers as the first.
        _rule = new UpdateRule(momentum, new UpdateContext(1, 1e-9), 1f / (layout.Width * layout.Count), Regularization.None, null);
        _layout = layout;
        _input = Block(layout, neurons);
        _output = Block(layout, neurons);
        _inputGradient = Block(layout, neurons);
        _weightGradient = new float[mask.LinkCount];
        _phase = Forward;
        var random = new RandomGenerator(3);
        foreach (ref float value in _input.Span)
        {
            value = 2 * random.NextSingle() - 1;
        }

        for (int first = 0, count; first < neurons; first += count)
        {
            count = _layer.InputsOfPiece(first);
            _inputPieces.Add((first, count));
        }
    }

    public double DrawSeconds { get; }

    public int Links => _layer.LinkCount;

    /// <summary>Reads rows of the first tile in random order.</summary>
    public double ReadGigabytesPerSecond() => ReadSpeed.Measure(_input, _layout.Width, _layer.InputSize);

    /// <summary>The least time of each phase over some steps; what disturbs a machine only adds.</summary>
    public ScaleCost Measure(int threads, TimeSpan least, int leastSteps)
    {
        using var team = new WorkerTeam(threads);
        _parts = PiecesPerThread * threads;
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new float[_layer.ScratchLength])];
        int updatePieces = (Links + LinearLayer.PieceWeights - 1) / LinearLayer.PieceWeights;
        double forward = double.MaxValue, backward = double.MaxValue, update = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step <= leastSteps || Stopwatch.GetElapsedTime(start) < least; step++)
        {
            double f = Run(team, Forward, _layout.Count * _parts);
            double b = Run(team, Backward, _inputPieces.Count);
            double u = Run(team, Update, updatePieces);
            if (step > 0)
            {
                // The first step pays for memory that nobody has touched before.
                (forward, backward, update) = (Math.Min(forward, f), Math.Min(backward, b), Math.Min(update, u));
            }
        }

        double scale = 1e9 / Links;
        return new ScaleCost(threads, forward * scale, backward * scale, update * scale);
    }

    public void Execute(int piece, int worker) => _phase(piece, worker);

    private static AlignedBuffer Block(TileLayout layout, int neurons) => new(layout.Length(neurons, layout.Count));

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
        int neurons = _layer.OutputSize;
        int width = _layout.WidthOf(tile);
        int end = (int)((long)neurons * (part + 1) / _parts);
        Span<float> output = _layout.Tile(_output.Span, tile, neurons);
        for (int row = (int)((long)neurons * part / _parts), rows; row < end; row += rows)
        {
            rows = Math.Min(CachedValues / width, end - row);
            _layer.ForwardRows(_layout.Tile(_input.Span, tile, neurons), output.Slice(row * width, rows * width), width, row, rows);
        }
    }

    private void Backward(int piece, int worker)
    {
        (int first, int count) = _inputPieces[piece];
        var blocks = new BackwardBlocks(_input.Span, _output.Span, _inputGradient.Span, _layout, 0, _layout.Count);
        _layer.BackwardInputs(blocks, first, count, _weightGradient, _scratch[worker]);
    }

    private void Update(int piece, int worker)
    {
        int first = piece * LinearLayer.PieceWeights;
        Span<float> gradient = _weightGradient.AsSpan(first, Math.Min(LinearLayer.PieceWeights, Links - first));
        _layer.Weights.Update(first, gradient, _rule, isBias: false);
    }
}
