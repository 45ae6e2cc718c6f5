using SparseTraining.Evolution;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>Rewires the evolving layers of a network. All plans are made before any layer changes.</summary>
internal sealed class NetworkEvolution(Network network, TopologyEvolution evolution, ulong seed)
{
    /// <summary>Whether any layer can be rewired at all.</summary>
    public bool IsActive =>
        evolution.Interval != EvolutionInterval.Never && network.Layers.Any(layer => layer.Evolves && layer.Linear is IRewirable);

    /// <summary>Rewires once.</summary>
    /// <param name="rewire">The number of this rewire in the run, from 0; it selects the random streams.</param>
    /// <param name="zeta">The fraction of links to prune.</param>
    /// <param name="pruneOnly">Whether no links are grown.</param>
    /// <param name="gradient">Makes the dense gradient of a layer.</param>
    /// <returns>Links pruned and grown, over all layers.</returns>
    public (long Pruned, long Grown) Rewire(int rewire, double zeta, bool pruneOnly, Func<int, IDenseGradient> gradient)
    {
        var plans = new (RewirePlan Plan, float[] GrownValues)?[network.Layers.Length];
        for (int i = 0; i < plans.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            if (layer.Evolves && layer.Linear is IRewirable rewirable)
            {
                plans[i] = PlanLayer(layer, rewirable, RandomGenerator.Named(seed, $"rewire/{rewire}/{i}"), zeta, pruneOnly, evolution.Grow.NeedsGradient ? gradient(i) : null);
            }
        }

        long pruned = 0;
        long grown = 0;
        for (int i = 0; i < plans.Length; i++)
        {
            if (plans[i] is var (plan, values))
            {
                ((IRewirable)network.Layers[i].Linear).Rewire(plan, values);
                pruned += plan.PrunedCount;
                grown += plan.GrownCount;
            }
        }

        return (pruned, grown);
    }

    private (RewirePlan Plan, float[] GrownValues) PlanLayer(
        NetworkLayer layer, IRewirable rewirable, RandomGenerator random, double zeta, bool pruneOnly, IDenseGradient? gradient)
    {
        var values = new float[rewirable.Mask.LinkCount];
        rewirable.CopyLinkValues(values);
        RewirePlan plan = Evolution.Rewire.Plan(rewirable.Mask, values, evolution, zeta, random, gradient, pruneOnly);
        float[] grownValues = evolution.GrownWeights == GrownWeights.FreshDraw
            ? LinkInitialization.ForGrown(plan, layer.Initializer, random)
            : [];
        return (plan, grownValues);
    }
}
