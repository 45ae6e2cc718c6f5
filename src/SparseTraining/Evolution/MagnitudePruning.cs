using System.Numerics.Tensors;

namespace SparseTraining.Evolution;

/// <summary>The round(ζ n) smallest |w| go.</summary>
internal sealed class MagnitudePruning : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        var magnitudes = new float[keep.Length];
        TensorPrimitives.Abs(context.Values, magnitudes);
        LowestSelection.Prune(magnitudes, LowestSelection.Count(context.Zeta, keep.Length), keep);
    }
}
