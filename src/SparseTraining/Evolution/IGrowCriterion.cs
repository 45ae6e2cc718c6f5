using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>Decides which links come to a layer at a rewire.</summary>
public interface IGrowCriterion
{
    /// <summary>Whether <see cref="GrowContext.Gradient"/> is needed. It costs a pass over all positions at each rewire.</summary>
    bool NeedsGradient => false;

    /// <summary>Chooses new links.</summary>
    /// <param name="context">How many, and which positions are taken.</param>
    /// <returns>Exactly <see cref="GrowContext.Count"/> links, none of them in <see cref="GrowContext.Excluded"/>.</returns>
    WeightMask Grow(in GrowContext context);
}
