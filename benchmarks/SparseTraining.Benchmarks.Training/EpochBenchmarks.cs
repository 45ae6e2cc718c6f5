using BenchmarkDotNet.Attributes;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// How long is an epoch of the size of Fashion-MNIST? 60,000 samples, batch 100, data handling and dropout
/// included.
/// </summary>
public class EpochBenchmarks
{
    private const int StepsOfFashionMnist = 600;
    private TrainingRun _run = null!;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [Params(1, 2)]
    public int Threads { get; set; } = 2;

    [GlobalSetup]
    public void Setup() =>
        _run = new TrainingRun(Network, LayerKind.Sparse, threads: Threads, steps: StepsOfFashionMnist);

    [Benchmark]
    public FitResult Epoch() => _run.Execute();
}
