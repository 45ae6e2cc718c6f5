using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>What does true sparsity save? A step of batch 100 on two threads, dense, masked dense and sparse.</summary>
public class MethodBenchmarks
{
    private TrainingRun _run = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [GlobalSetup(Target = nameof(Dense))]
    public void SetupDense() => _run = new TrainingRun(Network, LayerKind.Dense);

    [GlobalSetup(Target = nameof(MaskedDense))]
    public void SetupMaskedDense() => _run = new TrainingRun(Network, LayerKind.MaskedDense);

    [GlobalSetup(Target = nameof(Sparse))]
    public void SetupSparse() => _run = new TrainingRun(Network, LayerKind.Sparse);

    [Benchmark(Baseline = true, OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Dense() => _run.Execute();

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult MaskedDense() => _run.Execute();

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Sparse() => _run.Execute();
}
