using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>How does a sparse step grow with the links? Batch 100, one thread.</summary>
public class DensityBenchmarks
{
    private TrainingRun _run = null!;

    [Params(5.0, 10.0, 20.0, 40.0, 80.0, 160.0)]
    public double Epsilon { get; set; } = 20;

    [GlobalSetup]
    public void Setup() => _run = new TrainingRun(Workloads.Small, LayerKind.Sparse, threads: 1, epsilon: Epsilon);

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Step() => _run.Execute();
}
