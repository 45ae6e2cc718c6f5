using BenchmarkDotNet.Attributes;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// From which density does a layer cost less in dense form? A step of one layer (forward, backward, momentum update), batch
/// 100, one thread. Where <c>Masked</c> and <c>Sparse</c> meet is the least that <c>DenseCrossover.Density</c> can be; memory makes it a little more.
/// </summary>
public class CrossoverBenchmarks
{
    private const int BatchSize = 100;
    private const int Outputs = 1000;
    private static readonly WorkerTeam Alone = new(1);
    private LayerStep _step = null!;

    [Params(1000, 4000)]
    public int Inputs { get; set; } = 1000;

    [Params(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)]
    public double Density { get; set; } = 0.25;

    [GlobalSetup(Target = nameof(Sparse))]
    public void SetupSparse() => Setup(mask => new SparseLinearLayer(mask));

    [GlobalSetup(Target = nameof(Masked))]
    public void SetupMasked() => Setup(mask => new MaskedLinearLayer(mask));

    [Benchmark(Baseline = true)]
    public double Sparse() => _step.Run(Alone).Update;

    [Benchmark]
    public double Masked() => _step.Run(Alone).Update;

    private void Setup(Func<WeightMask, LinearLayer> create)
    {
        LinearLayer layer = create(ErdosRenyiInitializer.FromDensity(Density).Create(Inputs, Outputs, new RandomGenerator(1)));
        layer.Initialize(WeightInitializers.HeUniform(), new RandomGenerator(2));
        _step = new LayerStep(layer, TileLayout.For(BatchSize, Inputs), BatchSize);
    }
}
