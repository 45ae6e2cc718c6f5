using BenchmarkDotNet.Attributes;

namespace SparseTraining.Benchmarks.Inference;

/// <summary>What do more threads bring on a whole test set? Sparse networks, results in new arrays.</summary>
public class ThreadBenchmarks
{
    private Model _model = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(10_000)]
    public int Samples { get; set; } = 10_000;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; } = 1;

    /// <summary>Powers of two, up to the processors that there are.</summary>
    public static IEnumerable<int> ThreadCounts => Workloads.ThreadCounts;

    [GlobalSetup]
    public void Setup() => _model = new Model(Network, LayerKind.Sparse, Samples);

    [Benchmark]
    public float[][] Predict() => _model.PredictAll(Threads);
}
