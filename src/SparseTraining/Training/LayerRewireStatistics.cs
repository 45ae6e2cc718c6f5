namespace SparseTraining.Training;

/// <summary>One layer in one rewire as <see cref="TopologyHistory"/> sees it.</summary>
/// <param name="Layer">The layer's index in <see cref="SparseMlp.Layers"/>, from 0.</param>
/// <param name="PositionCount">Inputs · outputs.</param>
/// <param name="LinkCount">Links after the rewire.</param>
/// <param name="Pruned">Links taken away.</param>
/// <param name="Grown">Links added.</param>
/// <param name="Churn">The share of links that were not links before.</param>
/// <param name="EverActive">The share of positions that have been links at some time, in [0, 1].</param>
/// <param name="IsSampled">Whether <paramref name="EverActive"/> is an estimate from some of the output neurons.</param>
public readonly record struct LayerRewireStatistics(
    int Layer, long PositionCount, int LinkCount, int Pruned, int Grown, double Churn, double EverActive, bool IsSampled);
