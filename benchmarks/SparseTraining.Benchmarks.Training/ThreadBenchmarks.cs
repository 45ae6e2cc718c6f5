using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>What does a second thread bring? A sparse step of batch 100.</summary>
public class ThreadBenchmarks
{
    private TrainingRun _run = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(1, 2)]
    public int Threads { get; set; } = 1;

    [GlobalSetup]
    public void Setup() => _run = new TrainingRun(Network, LayerKind.Sparse, threads: Threads);

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Step() => _run.Execute();
}
