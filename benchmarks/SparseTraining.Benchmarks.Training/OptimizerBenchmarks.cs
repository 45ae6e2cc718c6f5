using BenchmarkDotNet.Attributes;
using SparseTraining.Optimizers;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>What does each optimizer cost? A sparse step of batch 100, one thread.</summary>
public class OptimizerBenchmarks
{
    private const double Rate = 1e-6;
    private TrainingRun _run = null!;

    [Params("Sgd", "Momentum", "Nesterov", "RmsProp", "Adam", "AdamW")]
    public string Optimizer { get; set; } = "Momentum";

    [GlobalSetup]
    public void Setup() =>
        _run = new TrainingRun(Workloads.Small, LayerKind.Sparse, threads: 1, optimizer: Create(Optimizer));

    [Benchmark(OperationsPerInvoke = TrainingRun.Steps)]
    public FitResult Step() => _run.Execute();

    private static Optimizer Create(string name) => name switch
    {
        "Sgd" => Optimizers.Optimizers.Sgd(Rate),
        "Momentum" => Optimizers.Optimizers.Momentum(Rate),
        "Nesterov" => Optimizers.Optimizers.Nesterov(Rate),
        "RmsProp" => Optimizers.Optimizers.RmsProp(Rate),
        "Adam" => Optimizers.Optimizers.Adam(Rate),
        "AdamW" => Optimizers.Optimizers.AdamW(Rate),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such optimizer."),
    };
}
