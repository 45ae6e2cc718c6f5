using BenchmarkDotNet.Attributes;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>
/// How long does a prediction take, and how many samples go through a second? Into the caller's memory, on its
/// thread.
/// </summary>
public class PredictBenchmarks
{
    private Model _model = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(1, 100, 1000)]
    public int Samples { get; set; } = 1;

    [GlobalSetup(Target = nameof(Dense))]
    public void SetupDense() => _model = Model.Of(Network, LayerKind.Dense, Samples);

    [GlobalSetup(Target = nameof(Sparse))]
    public void SetupSparse() => _model = Model.Of(Network, LayerKind.Sparse, Samples);

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark(Baseline = true)]
    public float Dense() => _model.Predict();

    [Benchmark]
    public float Sparse() => _model.Predict();
}
