using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// Do small batches cost less? The gene-expression shape, 4434-3x1000-4, is trained with batches of 2: a step of 2
/// samples against one of 32.
/// </summary>
public class GliomaBenchmarks
{
    private TrainingRun _run = null!;

    [Params(1, 2)]
    public int Threads { get; set; } = 1;

    [GlobalSetup(Target = nameof(Batch32))]
    public void SetupBatch32() => _run = new TrainingRun(Workloads.Glioma, LayerKind.Sparse, batchSize: 32, Threads);

    [GlobalSetup(Target = nameof(Batch2))]
    public void SetupBatch2() => _run = new TrainingRun(Workloads.Glioma, LayerKind.Sparse, batchSize: 2, Threads);

    [Benchmark(Baseline = true, OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Batch32() => _run.Execute();

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Batch2() => _run.Execute();
}
