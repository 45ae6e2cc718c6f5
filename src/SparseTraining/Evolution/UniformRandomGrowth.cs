using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>Uniformly random growth, each set of free positions being equally likely.</summary>
internal sealed class UniformRandomGrowth : IGrowCriterion
{
    public WeightMask Grow(in GrowContext context) =>
        PositionSampler.Sample(context.Excluded, context.Count, context.Random);
}
