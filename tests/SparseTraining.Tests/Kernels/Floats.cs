using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

/// <summary>Inputs and comparisons that the tests of elementwise code share.</summary>
internal static class Floats
{
    /// <summary>Values at which elementwise code goes wrong first.</summary>
    public static float[] Special { get; } =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, -1.17549435e-38f, 1e-20f, -1e-20f,
        1e-8f, -1e-8f, 0.3465f, -0.3466f, 0.625f, -0.625f, 0.6251f, 1f, -1f, 9.1f, -9.1f, 20.1f, -20.1f, 87.3f, -87.4f,
        88.72283f, 88.72284f, -103.2f, -103.97f, -103.98f, -104f, 104f, -110f, 110f, 1e4f, -1e4f, 1e20f, -1e20f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    public static float[] Random(int length, int seed, float size = 6f)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1) * size)];
    }

    /// <summary>Equal bits; all NaNs count as one, because their payload is the hardware's.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                || (float.IsNaN(expected[i]) && float.IsNaN(actual[i]));
            if (!same)
            {
                Assert.Fail(FormattableString.Invariant($"[{i}]: expected {expected[i]:R}, actual {actual[i]:R}"));
            }
        }
    }

    /// <summary>
    /// |actual − expected| ≤ absolute + relative · |expected|; NaN and infinities must be met exactly.
    /// </summary>
    public static void AssertClose(double expected, float actual, double absolute, double relative, FormattableString what)
    {
        bool close = double.IsNaN(expected)
            ? float.IsNaN(actual)
            : (float)expected == actual || Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected));
        if (!close)
        {
            Assert.Fail(FormattableString.Invariant($"{what}: expected {expected:R}, actual {actual:R}"));
        }
    }

    /// <summary>
    /// Applies an operation with every group of floats and with the machine's choice; all must agree.
    /// </summary>
    public static float[] SameInEveryTier<TOperation>(TOperation operation, float[] source)
        where TOperation : struct, IUnaryOperation
    {
        float[] single = Apply<TOperation, Lane1>(operation, source);
        AssertSameBits(single, Apply<TOperation, Lane128>(operation, source));
        AssertSameBits(single, Apply<TOperation, Lane256>(operation, source));
        AssertSameBits(single, Apply<TOperation, Lane512>(operation, source));
        var chosen = new float[source.Length];
        Elementwise.Apply(operation, source, chosen);
        AssertSameBits(single, chosen);
        return single;
    }

    private static float[] Apply<TOperation, TLane>(TOperation operation, float[] source)
        where TOperation : struct, IUnaryOperation
        where TLane : struct, ILane<TLane>
    {
        var destination = new float[source.Length];
        Elementwise.Run<UnaryKernel<TOperation>, TLane>(new(operation, source, destination), source.Length);
        return destination;
    }
}
