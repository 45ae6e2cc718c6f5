using BenchmarkDotNet.Attributes;
using SparseTraining.Evolution;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>What does one rewire of a whole network cost? SET with ζ = 0.3, velocities carried over.</summary>
public class RewireBenchmarks
{
    private NetworkEvolution _evolution = null!;
    private int _rewires;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [GlobalSetup]
    public void Setup()
    {
        (int inputs, int[] hidden, int outputs) = Workloads.Shape(Network);
        var options = new SparseMlpOptions();
        Network network = NetworkBuilder.Build(inputs, hidden, outputs, options);
        network.EnsureOptimizerState(options.Optimizer);
        _evolution = new NetworkEvolution(network, TopologyEvolution.Set(), options.Seed);
        _rewires = 0;
    }

    [Benchmark]
    public long Rewire() =>
        _evolution.Rewire(_rewires++, 0.3, pruneOnly: false, NoGradient).Grown;

    private static IDenseGradient NoGradient(int layer) => throw new NotSupportedException("SET needs no gradient.");
}
