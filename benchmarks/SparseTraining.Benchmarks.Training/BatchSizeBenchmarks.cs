using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// How does a sparse step grow with the batch, on one and two threads? The gene-expression shape is trained with batches
/// of 2.
/// </summary>
public class BatchSizeBenchmarks
{
    private TrainingRun _run = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large, Workloads.Glioma)]
    public string Network { get; set; } = Workloads.Small;

    [Params(2, 32, 100, 128, 512)]
    public int BatchSize { get; set; } = 100;

    [Params(1, 2)]
    public int Threads { get; set; } = 1;

    [GlobalSetup]
    public void Setup() => _run = new TrainingRun(Network, LayerKind.Sparse, BatchSize, Threads);

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Step() => _run.Execute();
}
