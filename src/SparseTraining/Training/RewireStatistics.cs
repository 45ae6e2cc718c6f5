namespace SparseTraining.Training;

/// <summary>One rewire as <see cref="TopologyHistory"/> sees it.</summary>
/// <param name="Step">The last step taken before it, from 1.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Zeta">The share of links to prune.</param>
/// <param name="Layers">The layers that evolve.</param>
public sealed record RewireStatistics(long Step, int Epoch, double Zeta, IReadOnlyList<LayerRewireStatistics> Layers)
{
    /// <summary>The share of links, over all evolving layers, that were not links before.</summary>
    public double Churn => Layers.Sum(layer => layer.Churn * layer.LinkCount) / Layers.Sum(layer => (double)layer.LinkCount);

    /// <summary>The share of positions, over all evolving layers, that have been links at some time.</summary>
    public double EverActive => Layers.Sum(layer => layer.EverActive * layer.PositionCount) / Layers.Sum(layer => (double)layer.PositionCount);
}
