using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>The same distribution for every link.</summary>
internal sealed class FixedInitializer(DrawShape shape, double scale) : WeightInitializer
{
    public DrawShape Shape => shape;

    public double Scale => scale;

    public override float Draw(in FanCounts fan, RandomGenerator random) => shape.Draw(scale, random);

    public override string ToString() => FormattableString.Invariant($"{shape} {scale}");
}
