using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// How near the machine's limit is each kernel? One 1000 × 1000 layer, 40,000 links, batch 128, one thread.
/// </summary>
/// <remarks>Blocks are tiled as the trainer tiles them; a tile is of the size of the second-level cache.</remarks>
public class KernelBenchmarks
{
    private const int Neurons = 1000;
    private const int Links = 40_000;
    private const int BatchSize = 128;

    private static readonly TileLayout Tiles = TileLayout.For(BatchSize);

    private readonly Optimizer _optimizer = Optimizers.Optimizers.Momentum();
    private readonly float[] _peakSink = new float[16];
    private readonly AlignedBuffer _input = Block(-1f);
    private readonly AlignedBuffer _output = Block(0f);
    private readonly AlignedBuffer _outputGradient = Block(-1f);
    private readonly float[] _weightGradient = new float[Links];
    private readonly float[] _biasGradient = new float[Neurons];
    private readonly SparseLinearLayer _layer =
        new(ErdosRenyiInitializer.Create(Neurons, Neurons, Links, new RandomGenerator(1)));

    /// <summary>GFLOP/s, and the same as a share of the peak that the same run measured.</summary>
    internal static IColumn[] Columns =>
    [
        new DerivedColumn("GFLOP/s", "Multiply-adds of links × samples (2 operations each) a second, / 10⁹", Rate),
        new DerivedColumn("% of peak", "GFLOP/s as a share of the FmaPeak row's", (summary, benchmark) =>
            100 * Rate(summary, benchmark) / Rate(summary, summary.BenchmarksCases.FirstOrDefault(IsPeak))),
    ];

    [GlobalSetup]
    public void Setup() => Workloads.Numbers(Links, -1f).CopyTo(_layer.WeightValues);

    [Benchmark]
    public void FmaPeak() => Training.FmaPeak.Run(_peakSink);

    [Benchmark]
    public void SpMM()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            _layer.Forward(Tile(_input, tile), Tile(_output, tile), Tiles.Width);
        }
    }

    [Benchmark]
    public void TransposedSpMM()
    {
        for (int tile = 0; tile < Tiles.Count; tile++)
        {
            _layer.Backward(Tile(_outputGradient, tile), Tile(_output, tile), Tiles.Width);
        }
    }

    [Benchmark]
    public void Sddmm() =>
        _layer.Gradient(_input.Span, _outputGradient.Span, Tiles.Width, _weightGradient, _biasGradient);

    [Benchmark]
    public void SddmmAndMomentum() =>
        _layer.Update(
            _input.Span, _outputGradient.Span, Tiles.Width, 1f / BatchSize, _optimizer, new UpdateContext(1, 1e-6));

    private static AlignedBuffer Block(float lowest)
    {
        var block = new AlignedBuffer((long)Tiles.Count * Neurons * Tiles.Width);
        Workloads.Numbers(block.Span.Length, lowest).CopyTo(block.Span);
        return block;
    }

    private static Span<float> Tile(AlignedBuffer block, int tile) =>
        block.Slice(tile * Neurons * Tiles.Width, Neurons * Tiles.Width);

    private static bool IsPeak(BenchmarkCase benchmark) => benchmark.Descriptor.WorkloadMethod.Name == nameof(FmaPeak);

    private static double? Rate(Summary summary, BenchmarkCase? benchmark)
    {
        if (benchmark?.Descriptor.Type != typeof(KernelBenchmarks))
        {
            return null;
        }

        double operations = IsPeak(benchmark) ? Training.FmaPeak.Operations : 2.0 * Links * BatchSize;
        return operations / DerivedColumn.Nanoseconds(summary, benchmark);
    }
}
