using BenchmarkDotNet.Attributes;
using SparseTraining.Evolution;
using SparseTraining.Kernels;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// What does one rewire of a whole network cost? ζ = 0.3, velocities carried over. SET draws the new links; RigL looks at
/// the gradient of every position over a batch of 100.
/// </summary>
public class RewireBenchmarks
{
    private const int BatchSize = 100;
    private NetworkEvolution _evolution = null!;
    private Func<int, IDenseGradient> _gradient = null!;
    private int _rewires;

    [Params(Workloads.Small, Workloads.Medium, Workloads.Large)]
    public string Network { get; set; } = Workloads.Small;

    [GlobalSetup(Target = nameof(Set))]
    public void SetupSet() => Use(TopologyEvolution.Set());

    [GlobalSetup(Target = nameof(RigL))]
    public void SetupRigL() => Use(TopologyEvolution.RigL());

    [Benchmark(Baseline = true)]
    public long Set() => Rewire();

    [Benchmark]
    public long RigL() => Rewire();

    private long Rewire() => _evolution.Rewire(WorkerTeam.Alone, _rewires++, 0.3, pruneOnly: false, _gradient).Sum(layer => (long)layer.Grown);

    private void Use(TopologyEvolution evolution)
    {
        (int inputs, int[] hidden, int outputs) = Workloads.Shape(Network);
        var options = new SparseMlpOptions();
        Network network = NetworkBuilder.Build(inputs, hidden, outputs, options);
        network.EnsureOptimizerState(options.Optimizer);
        var workspace = new Workspace(network, BatchSize, forTraining: true, keepsOutputs: true);
        for (int layer = 0; layer < network.Layers.Length; layer++)
        {
            for (int tile = 0; tile < workspace.Layout.Count; tile++)
            {
                Fill(workspace.LayerInputTile(layer, tile, network.Layers[layer].Linear.InputSize));
                Fill(workspace.GradientTile(layer, tile, network.Layers[layer].Linear.OutputSize));
            }
        }

        var backward = new BackwardPass(network, workspace, workers: 1, normLimit: null);
        backward.Prepare(workspace.Layout.Count, dropoutKey: 0, byTiles: false, default);
        _gradient = layer => new BatchGradient(network, workspace, backward, layer);
        _evolution = new NetworkEvolution(network, evolution, options.Seed);
        _rewires = 0;

        static void Fill(Span<float> tile) => Workloads.Numbers(tile.Length, -1f).CopyTo(tile);
    }
}
