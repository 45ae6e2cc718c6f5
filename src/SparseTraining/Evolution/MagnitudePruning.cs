using System.Numerics.Tensors;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>The round(ζ n) smallest |w| go.</summary>
internal sealed class MagnitudePruning : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        float[] magnitudes = LinkScratch.Rent<float>(keep.Length);
        TensorPrimitives.Abs(context.Values, magnitudes);
        LowestSelection.Prune(magnitudes.AsSpan(0, keep.Length), LowestSelection.Count(context.Zeta, keep.Length), keep);
        LinkScratch.Return(magnitudes);
    }
}
