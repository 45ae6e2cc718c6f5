using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>What a rewire did to one layer.</summary>
/// <param name="Layer">The layer's index in <see cref="SparseMlp.Layers"/>, from 0.</param>
/// <param name="Before">The links before.</param>
/// <param name="After">The links after.</param>
/// <param name="Pruned">Links taken away.</param>
/// <param name="Grown">Links added; some may be at positions that had just been pruned.</param>
public sealed record LayerRewire(int Layer, WeightMask Before, WeightMask After, int Pruned, int Grown)
{
    /// <summary>The share of the layer's links that were not links before, in [0, 1]; 0 where it has none.</summary>
    public double Churn => After.LinkCount == 0 ? 0 : 1 - ((double)After.CountCommon(Before) / After.LinkCount);
}
