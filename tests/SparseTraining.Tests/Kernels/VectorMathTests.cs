using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class VectorMathTests
{
    [Fact]
    public void Exp_is_within_two_units_in_the_last_place_over_its_whole_range()
    {
        float[] x = [.. Enumerable.Range(-1_050_000, 1_940_000).Where(i => i % 37 == 0).Select(i => i * 1e-4f), .. Floats.Special];
        float[] y = Floats.SameInEveryTier(default(ExpOperation), x);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Math.Exp(x[i]);
            var rounded = (float)exact;
            if (float.IsNaN(x[i]) || !float.IsFinite(rounded) || rounded == 0)
            {
                Floats.AssertClose(exact, y[i], 0, 0, $"exp({x[i]:R})");
                continue;
            }

            double unit = MathF.BitIncrement(rounded) - (double)rounded;
            Floats.AssertClose(exact, y[i], 2 * unit, 0, $"exp({x[i]:R})");
        }
    }

    [Fact]
    public void Exp_of_nothing_is_exactly_one() =>
        Assert.Equal([1f, 1f], Floats.SameInEveryTier(default(ExpOperation), [0f, -0f]));

    [Fact]
    public void Exp_falls_through_subnormal_numbers_to_zero()
    {
        float[] y = Floats.SameInEveryTier(default(ExpOperation), [-88f, -103f, -103.9f, -104.1f, float.MinValue]);
        Assert.True(float.IsSubnormal(y[0]) && float.IsSubnormal(y[1]));
        Assert.Equal([float.Epsilon, 0f, 0f], y[2..]);
    }

    [Fact]
    public void Exp_minus_one_keeps_its_relative_accuracy_near_zero()
    {
        float[] x =
        [
            .. Floats.Random(4000, 1, 20f).Select(v => -Math.Abs(v)), .. Floats.Special.Where(v => !(v > 0)), -1e-7f, -1e-3f,
        ];
        Check(default(ExpMinusOneOperation), x, v => v > -1e-5 ? v + (v * v / 2) : Math.Exp(v) - 1, 0, 4e-7);
    }

    [Fact]
    public void Sigmoid_matches_double_precision() =>
        Check(
            default(SigmoidOperation),
            [.. Floats.Random(4000, 2, 30f), .. Floats.Special],
            v => v < 0 ? Math.Exp(v) / (1 + Math.Exp(v)) : 1 / (1 + Math.Exp(-v)),
            3e-45,
            4e-7);

    [Fact]
    public void Tanh_matches_double_precision_relative_to_its_size() =>
        Check(
            default(TanhOperation),
            [.. Floats.Random(4000, 3, 12f), .. Floats.Random(4000, 4, 1f), .. Floats.Special],
            Math.Tanh,
            0,
            4e-7);

    [Fact]
    public void Tanh_keeps_the_sign_of_zero() =>
        Floats.AssertSameBits([0f, -0f], Floats.SameInEveryTier(default(TanhOperation), [0f, -0f]));

    [Fact]
    public void Normal_distribution_has_an_absolute_error_below_two_ten_millionths() =>
        Check(
            default(NormalOperation), [.. Floats.Random(4000, 5, 8f), .. Floats.Special], NormalOracle.Distribution, 2e-7, 0);

    [Fact]
    public void Normal_distribution_keeps_four_digits_far_to_the_left()
    {
        float[] x = [.. Enumerable.Range(0, 120).Select(i => -i * 0.1f)];
        Check(default(NormalOperation), x, NormalOracle.Distribution, 0, 5e-5);
    }

    [Fact]
    public void Normal_density_matches_double_precision() =>
        Check(default(DensityOperation), [.. Floats.Random(4000, 6, 8f), .. Floats.Special], NormalOracle.Density, 1e-7, 0);

    [Fact]
    public void Clamp_lets_a_NaN_through() =>
        Floats.AssertSameBits(
            [-2f, -2f, 0.5f, 3f, 3f, float.NaN],
            Floats.SameInEveryTier(
                default(ClampOperation), [float.NegativeInfinity, -2.1f, 0.5f, 3f, float.MaxValue, float.NaN]));

    [Fact]
    public void Bits_are_the_same_in_every_process_and_on_every_machine()
    {
        float[] x = [.. Floats.Random(3000, 7, 10f), .. Floats.Random(1000, 8, 100f)];
        ulong hash = Hash(default(ExpOperation), x, 0);
        hash = Hash(default(SigmoidOperation), x, hash);
        hash = Hash(default(TanhOperation), x, hash);
        hash = Hash(default(NormalOperation), x, hash);
        hash = Hash(default(DensityOperation), x, hash);
        hash = Hash(default(ExpMinusOneOperation), [.. x.Select(v => -Math.Abs(v))], hash);
        Assert.Equal(0x227182c1fc8fdf6bUL, hash);
    }

    private static ulong Hash<TOperation>(TOperation operation, float[] x, ulong hash)
        where TOperation : struct, IUnaryOperation
    {
        foreach (float y in Floats.SameInEveryTier(operation, x))
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(y)) * 0x100000001b3;
        }

        return hash;
    }

    private static void Check<TOperation>(
        TOperation operation, float[] x, Func<double, double> oracle, double absolute, double relative)
        where TOperation : struct, IUnaryOperation
    {
        float[] y = Floats.SameInEveryTier(operation, x);
        for (int i = 0; i < x.Length; i++)
        {
            Floats.AssertClose(oracle(x[i]), y[i], absolute, relative, $"f({x[i]:R})");
        }
    }

    private readonly struct ExpOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.Exp(value);
    }

    private readonly struct ExpMinusOneOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.ExpMinusOneOfNegative(value);
    }

    private readonly struct SigmoidOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.Sigmoid(value);
    }

    private readonly struct TanhOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.Tanh(value);
    }

    private readonly struct NormalOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.NormalDistribution(value);
    }

    private readonly struct DensityOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.NormalDensity(value);
    }

    private readonly struct ClampOperation : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.Clamp(value, -2f, 3f);
    }
}
