using BenchmarkDotNet.Attributes;
using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Losses;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// What does the work around the matrix products cost? A batch of 128 samples, 784 features, 1000 neurons, 10 classes,
/// 40,000 parameters; one thread.
/// </summary>
public class BlockBenchmarks : PeakBenchmarks
{
    private const int BatchSize = 128;
    private const int Features = 784;
    private const int Neurons = 1000;
    private const int Classes = 10;
    private const int Parameters = 40_000;
    private const float DropoutRate = 0.3f;

    /// <summary>Far more than caches hold, as in training.</summary>
    private const int Samples = 60_000;

    private static readonly TileLayout Tiles = TileLayout.For(BatchSize, Neurons);

    private readonly MiniBatch _batch = new(BatchSize, Features, TargetKind.ClassLabels, 1);
    private readonly int[] _order = [.. Enumerable.Range(0, Samples)];
    private readonly AlignedBuffer _neurons = Block(Neurons, -1f);
    private readonly AlignedBuffer _activations = Block(Neurons, 0f);
    private readonly AlignedBuffer _logits = Block(Classes, -1f);
    private readonly AlignedBuffer _outputs = Block(Classes, 0f);
    private readonly AlignedBuffer _targets = Block(Classes, 0f);
    private readonly AlignedBuffer _lossGradient = Block(Classes, 0f);
    private readonly float[] _sampleWeights = [.. Enumerable.Repeat(1f, Tiles.Width)];
    private readonly double[] _losses = new double[Tiles.Width];
    private readonly float[] _biasGradient = new float[Neurons];
    private readonly float[] _gradient = Workloads.Numbers(Parameters, -1f);
    private readonly ParameterArray _parameters = new(Parameters);
    private readonly Loss _loss = Losses.Losses.CategoricalCrossEntropy();
    private FeatureMatrix _features = null!;
    private Workspace _workspace = null!;
    private UpdateRule _rule;
    private int _next;
    private ulong _key;

    [GlobalSetup(Targets = [nameof(FmaPeak), nameof(SoftmaxAndLoss), nameof(Relu), nameof(ReluBackward), nameof(DropoutForward), nameof(DropoutBackward), nameof(BiasGradient)])]
    public void SetupTargets()
    {
        _targets.Span.Clear();
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            for (int s = 0; s < Tiles.WidthOf(tile); s++)
            {
                Tiles.Tile(_targets.Span, tile, Classes)[s % Classes * Tiles.WidthOf(tile) + s] = 1f;
            }
        }
    }

    [GlobalSetup(Target = nameof(GatherTranspose))]
    public void SetupRows() => Use(FeatureMatrix.FromMatrix(Workloads.Numbers(Samples * Features, 0f), Features));

    [GlobalSetup(Target = nameof(GatherTransposeBytes))]
    public void SetupBytes()
    {
        byte[] bytes = [.. Workloads.Numbers(Samples * Features, 0f).Select(number => (byte)(number * 255))];
        Use(FeatureMatrix.FromBytes(bytes, Features, divisor: 255));
    }

    [GlobalSetup(Target = nameof(SgdUpdate))]
    public void SetupSgd() => Use(Optimizers.Optimizers.Sgd());

    [GlobalSetup(Target = nameof(MomentumUpdate))]
    public void SetupMomentum() => Use(Optimizers.Optimizers.Momentum());

    [GlobalSetup(Target = nameof(AdamUpdate))]
    public void SetupAdam() => Use(Optimizers.Optimizers.Adam());

    /// <summary>Rows that lie anywhere in memory, into feature-major tiles.</summary>
    [Benchmark]
    [Work(Values = (double)BatchSize * Features)]
    public void GatherTranspose() => Gather();

    /// <summary>The same from bytes, as images are stored.</summary>
    [Benchmark]
    [Work(Values = (double)BatchSize * Features)]
    public void GatherTransposeBytes() => Gather();

    /// <summary>Softmax, cross-entropy and its gradient.</summary>
    [Benchmark]
    [Work(Values = (double)BatchSize * Classes)]
    public double SoftmaxAndLoss()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            Span<float> logits = Tiles.Tile(_logits.Span, tile, Classes);
            Span<float> outputs = Tiles.Tile(_outputs.Span, tile, Classes);
            int width = Tiles.WidthOf(tile);
            Activations.Activations.Softmax.Forward(logits, outputs, width, []);
            _loss.Evaluate(
                logits,
                outputs,
                Tiles.Tile(_targets.Span, tile, Classes),
                _sampleWeights.AsSpan(0, width),
                width,
                Tiles.Tile(_lossGradient.Span, tile, Classes),
                _losses.AsSpan(0, width));
        }

        return _losses[0];
    }

    [Benchmark]
    [Work(Values = (double)BatchSize * Neurons)]
    public void Relu()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            Activations.Activations.Relu.Forward(Tile(_neurons, tile), Tile(_activations, tile), Tiles.WidthOf(tile), []);
        }
    }

    [Benchmark]
    [Work(Values = (double)BatchSize * Neurons)]
    public void ReluBackward()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            Span<float> z = Tile(_neurons, tile);
            Activations.Activations.Relu.Backward(z, z, z, Tile(_activations, tile), Tiles.WidthOf(tile), []);
        }
    }

    [Benchmark]
    [Work(Values = (double)BatchSize * Neurons)]
    public void DropoutForward()
    {
        _key++;
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            // On fresh values: what is kept grows by 1 / (1 − p) and would soon be infinite.
            Span<float> block = Tile(_activations, tile);
            Tile(_neurons, tile).CopyTo(block);
            Dropout.Apply(block, Tiles.WidthOf(tile), 0, tile * Tiles.Width, DropoutRate, _key);
        }
    }

    /// <summary>Where the activation's slope is 0 at 0, only the kept values' factor is left to apply.</summary>
    [Benchmark]
    [Work(Values = (double)BatchSize * Neurons)]
    public void DropoutBackward()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            Span<float> block = Tile(_activations, tile);
            Tile(_neurons, tile).CopyTo(block);
            Arithmetic.Scale(block, Dropout.KeptScale(DropoutRate));
        }
    }

    [Benchmark]
    [Work(Values = (double)BatchSize * Neurons)]
    public void BiasGradient()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            RowSums.Run(Tiles.Tile(_neurons.Span, tile, Neurons), Tiles.WidthOf(tile), _biasGradient, add: tile > 0);
        }
    }

    [Benchmark]
    [Work(Values = Parameters)]
    public void SgdUpdate() => Update();

    [Benchmark]
    [Work(Values = Parameters)]
    public void MomentumUpdate() => Update();

    [Benchmark]
    [Work(Values = Parameters)]
    public void AdamUpdate() => Update();

    private static AlignedBuffer Block(int features, float lowest)
    {
        var block = new AlignedBuffer(Tiles.Length(features, Tiles.Count));
        Workloads.Numbers(block.Span.Length, lowest).CopyTo(block.Span);
        return block;
    }

    private static Span<float> Tile(AlignedBuffer block, int tile) => Tiles.Tile(block.Span, tile, Neurons);

    private void Use(FeatureMatrix features)
    {
        Network network = NetworkBuilder.Build(Features, [Neurons], Classes, new SparseMlpOptions());
        _workspace = new Workspace(network, BatchSize, forTraining: true);
        _features = features;
        new RandomGenerator(4).Shuffle<int>(_order);
    }

    private void Gather()
    {
        for (int i = 0; i < BatchSize; i++)
        {
            _features.WriteTo(_batch, i, _order[_next++ % Samples]);
        }

        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            _workspace.Fill(tile, _batch, BatchSize, null, [], Classes);
        }
    }

    private void Use(Optimizer optimizer)
    {
        Workloads.Numbers(Parameters, -1f).CopyTo(_parameters.Values, 0);
        _parameters.EnsureState(optimizer);
        _rule = new UpdateRule(optimizer, new UpdateContext(1000, 1e-6), 1f, Regularization.None, null);
    }

    private void Update()
    {
        for (int first = 0, count; first < Parameters; first += count)
        {
            count = Math.Min(LinearLayer.PieceWeights, Parameters - first);
            _parameters.Update(first, _gradient.AsSpan(first, count), _rule, ParameterKind.Weights);
        }
    }
}
