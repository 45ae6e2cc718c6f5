using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>Always 0, without drawing.</summary>
internal sealed class ZeroInitializer : WeightInitializer
{
    public override float Draw(in FanCounts fan, RandomGenerator random) => 0;

    public override string ToString() => "zero";
}
