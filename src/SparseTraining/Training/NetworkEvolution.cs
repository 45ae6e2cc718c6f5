using SparseTraining.Evolution;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>
/// Rewires the evolving layers of a network, each on one thread and with a random stream of its own. All plans are made
/// before any layer changes.
/// </summary>
internal sealed class NetworkEvolution(Network network, TopologyEvolution evolution, ulong seed) : IParallelWork
{
    private readonly int[] _layers =
        [.. Enumerable.Range(0, network.Layers.Length).Where(i => network.Layers[i].Evolves && network.Layers[i].Linear is IRewirable)];

    private (RewirePlan Plan, float[] GrownValues)[]? _plans;
    private bool _plansAreMade;
    private int _rewire;
    private double _zeta;
    private bool _pruneOnly;
    private Func<int, IDenseGradient>? _gradient;

    /// <summary>Whether any layer can be rewired at all.</summary>
    public bool IsActive => evolution.Interval != EvolutionInterval.Never && _layers.Length > 0;

    /// <summary>Rewires once.</summary>
    /// <param name="team">The threads that share the layers.</param>
    /// <param name="rewire">The number of this rewire in the run, from 0; it selects the random streams.</param>
    /// <param name="zeta">The fraction of links to prune.</param>
    /// <param name="pruneOnly">Whether no links are grown.</param>
    /// <param name="gradient">Makes the dense gradient of a layer.</param>
    /// <returns>What happened to each layer that evolves.</returns>
    public LayerRewire[] Rewire(WorkerTeam team, int rewire, double zeta, bool pruneOnly, Func<int, IDenseGradient> gradient)
    {
        _plans = new (RewirePlan, float[])[_layers.Length];
        WeightMask[] before = [.. _layers.Select(MaskOf)];
        _rewire = rewire;
        _zeta = zeta;
        _pruneOnly = pruneOnly;
        _gradient = gradient;
        _plansAreMade = false;
        team.Run(this, _layers.Length);
        _plansAreMade = true;
        team.Run(this, _layers.Length);
        LayerRewire[] rewires =
        [
            .. _layers.Select((layer, i) => new LayerRewire(layer, before[i], MaskOf(layer), _plans[i].Plan.PrunedCount, _plans[i].Plan.GrownCount)),
        ];
        _plans = null;
        return rewires;
    }

    public void Execute(int piece, int worker)
    {
        NetworkLayer layer = network.Layers[_layers[piece]];
        var rewirable = (IRewirable)layer.Linear;
        if (_plansAreMade)
        {
            rewirable.Rewire(_plans![piece].Plan, _plans[piece].GrownValues);
        }
        else
        {
            _plans![piece] = Plan(layer, rewirable, _layers[piece]);
        }
    }

    private WeightMask MaskOf(int layer) => ((IRewirable)network.Layers[layer].Linear).Mask;

    private (RewirePlan Plan, float[] GrownValues) Plan(NetworkLayer layer, IRewirable rewirable, int index)
    {
        RandomGenerator random = RandomGenerator.Named(seed, $"rewire/{_rewire}/{index}");
        float[] storage = LinkScratch.Rent<float>(rewirable.Mask.LinkCount);
        Span<float> values = storage.AsSpan(0, rewirable.Mask.LinkCount);
        rewirable.CopyLinkValues(values);
        IDenseGradient? gradient = evolution.NeedsGradient ? _gradient!(index) : null;
        RewirePlan plan = Evolution.Rewire.Plan(rewirable.Mask, values, evolution, _zeta, random, gradient, _pruneOnly);
        LinkScratch.Return(storage);
        float[] grownValues = evolution.GrownWeights == GrownWeights.FreshDraw
            ? LinkInitialization.ForGrown(plan, layer.Initializer, random)
            : [];
        return (plan, grownValues);
    }
}
