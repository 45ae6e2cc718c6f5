using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>The distribution that a value is drawn from, with mean 0.</summary>
internal abstract class DrawShape
{
    /// <summary>Uniform; the scale is the limit.</summary>
    public static DrawShape Uniform { get; } = new UniformShape();

    /// <summary>Normal; the scale is the standard deviation.</summary>
    public static DrawShape Normal { get; } = new NormalShape();

    /// <summary>The scale that gives a variance.</summary>
    public abstract double ScaleOf(double variance);

    public abstract float Draw(double scale, RandomGenerator random);

    private sealed class UniformShape : DrawShape
    {
        public override double ScaleOf(double variance) => Math.Sqrt(3 * variance);

        // An odd number between ±(2²⁴ − 1): exact as float, as often positive as negative, never 0.
        public override float Draw(double scale, RandomGenerator random) =>
            (((int)(random.NextUInt64() >> 40) * 2) + 1 - (1 << 24)) * (1f / (1 << 24)) * (float)scale;

        public override string ToString() => "uniform";
    }

    private sealed class NormalShape : DrawShape
    {
        public override double ScaleOf(double variance) => Math.Sqrt(variance);

        public override float Draw(double scale, RandomGenerator random) => (float)(random.NextGaussian() * scale);

        public override string ToString() => "normal";
    }
}
