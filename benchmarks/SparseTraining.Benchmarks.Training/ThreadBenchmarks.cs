using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>What do more threads bring? A sparse step of a usual batch and of a large one.</summary>
public class ThreadBenchmarks
{
    /// <summary>More than usual, since the first steps of a run try out how to share the work.</summary>
    private const int Steps = 80;

    private TrainingRun _run = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(100, 512)]
    public int BatchSize { get; set; } = 100;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; } = 1;

    /// <summary>Powers of two, up to the processors that there are.</summary>
    public static IEnumerable<int> ThreadCounts => Workloads.ThreadCounts;

    [GlobalSetup]
    public void Setup() => _run = new TrainingRun(Network, LayerKind.Sparse, BatchSize, Threads, steps: Steps);

    [Benchmark(OperationsPerInvoke = Steps)]
    public FitResult Step() => _run.Execute();
}
