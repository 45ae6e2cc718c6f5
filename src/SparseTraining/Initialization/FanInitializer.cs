using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>Variance 2 / fan in (He) or 2 / (fan in + fan out) (Glorot).</summary>
internal sealed class FanInitializer(DrawShape shape, bool withFanOut, bool dense) : WeightInitializer
{
    public DrawShape Shape => shape;

    public bool WithFanOut => withFanOut;

    public bool Dense => dense;

    public override float Draw(in FanCounts fan, RandomGenerator random)
    {
        double fanIn = Math.Max(1, dense ? fan.Inputs : fan.LinksIn);
        double fanOut = Math.Max(1, dense ? fan.Outputs : fan.LinksOut);
        return shape.Draw(shape.ScaleOf(2 / (withFanOut ? fanIn + fanOut : fanIn)), random);
    }

    public override string ToString() =>
        $"{(withFanOut ? "Glorot" : "He")} {shape}{(dense ? " on dense fans" : string.Empty)}";
}
