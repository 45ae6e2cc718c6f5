using BenchmarkDotNet.Attributes;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>What do more threads bring to one sample, to a batch, and to a whole test set? Sparse networks, into memory that is there already.</summary>
public class ThreadBenchmarks
{
    private Model _model = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(1, 16, 32, 100, 10_000)]
    public int Samples { get; set; } = 1;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; } = 1;

    /// <summary>Powers of two, up to the processors that there are.</summary>
    public static IEnumerable<int> ThreadCounts => Workloads.ThreadCounts;

    [GlobalSetup]
    public void Setup() => _model = Model.Of(Network, LayerKind.Sparse, Samples, Threads);

    [GlobalCleanup]
    public void Cleanup() => _model.Dispose();

    [Benchmark]
    public float Predict() => _model.PredictInParallel();
}
