using CsCheck;
using SparseTraining.Activations;
using SparseTraining.Kernels;
using SparseTraining.Tests.Kernels;
using Known = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Activations;

public class ElementwiseActivationTests
{
    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Forward_matches_the_formula_at_every_length(string name)
    {
        ActivationCase c = ActivationCase.All[name];
        for (int length = 0; length <= 256; length++)
        {
            float[] z = Floats.Random(length, length);
            var a = new float[length];
            c.Activation.Forward(z, a, Math.Max(length, 1), []);
            for (int i = 0; i < length; i++)
            {
                Floats.AssertClose(c.Formula(z[i]), a[i], 4e-7, 4e-7, $"{name} of {z[i]:R}");
            }

            c.Activation.Forward(z, z, Math.Max(length, 1), []);
            Floats.AssertSameBits(a, z);
        }
    }

    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Forward_is_right_for_special_values(string name)
    {
        ActivationCase c = ActivationCase.All[name];
        var a = new float[Floats.Special.Length];
        c.Activation.Forward(Floats.Special, a, a.Length, []);
        for (int i = 0; i < a.Length; i++)
        {
            Floats.AssertClose(c.Formula(Floats.Special[i]), a[i], 4e-7, 4e-7, $"{name} of {Floats.Special[i]:R}");
        }
    }

    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Backward_matches_finite_differences_at_every_length(string name)
    {
        ActivationCase c = ActivationCase.All[name];
        const double H = 1e-5;
        for (int length = 0; length <= 256; length++)
        {
            float[] z = Floats.Random(length, length);
            if (c.HasKinkAtZero)
            {
                z = [.. z.Select(v => Math.Abs(v) < 0.001f ? 0.001f : v)];
            }

            float[] da = Floats.Random(length, length + 1, 2f);
            var dz = new float[length];
            c.Activation.Backward(z, [], da, dz, Math.Max(length, 1), []);
            for (int i = 0; i < length; i++)
            {
                double slope = (c.Formula(z[i] + H) - c.Formula(z[i] - H)) / (2 * H);
                Floats.AssertClose(slope * da[i], dz[i], 2e-6, 2e-6, $"{name}' at {z[i]:R}");
            }

            c.Activation.Backward(z, [], da, da, Math.Max(length, 1), []);
            Floats.AssertSameBits(dz, da);
        }
    }

    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Slope_far_out_is_the_slope_at_infinity(string name)
    {
        float[] z = [-1000f, float.MinValue, float.NegativeInfinity, 1000f, float.MaxValue, float.PositiveInfinity];
        float[] slope = [1f, 1f, 1f, 1f, 1f, 1f];
        ActivationCase.All[name].Activation.Backward(z, [], slope, slope, z.Length, []);
        Assert.All(slope, v => Assert.True(float.IsFinite(v)));
        Assert.True(slope[1] == slope[0] && slope[2] == slope[0] && slope[4] == slope[3] && slope[5] == slope[3]);
    }

    [Fact]
    public void Slope_at_a_kink_is_the_left_one()
    {
        Assert.Equal(0f, Slope(Known.Relu, 0f));
        Assert.Equal(0f, Slope(Known.Relu, -0f));
        Assert.Equal(0.01f, Slope(Known.LeakyRelu(), 0f));
        Assert.Equal(-0.6f, Slope(Known.AllRelu(), 0f));
    }

    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Bits_do_not_depend_on_how_an_array_is_cut(string name)
    {
        Activation activation = ActivationCase.All[name].Activation;
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 200], Gen.Int).Sample(
            (length, cut, seed) =>
            {
                cut = Math.Min(cut, length);
                float[] z = Floats.Random(length, seed);
                float[] da = Floats.Random(length, seed + 1);
                float[] whole = [.. z], parts = [.. z];
                activation.Forward(whole, whole, length, []);
                activation.Forward(parts.AsSpan(0, cut), parts.AsSpan(0, cut), 1, []);
                activation.Forward(parts.AsSpan(cut), parts.AsSpan(cut), 1, []);
                Floats.AssertSameBits(whole, parts);

                activation.Backward(z, [], da, whole, length, []);
                activation.Backward(z.AsSpan(0, cut), [], da.AsSpan(0, cut), parts.AsSpan(0, cut), 1, []);
                activation.Backward(z.AsSpan(cut), [], da.AsSpan(cut), parts.AsSpan(cut), 1, []);
                Floats.AssertSameBits(whole, parts);
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public void Values_and_slopes_are_the_same_bits_in_every_tier()
    {
        SameInEveryTier(default(ReluActivation.Function));
        SameInEveryTier(new LeakyReluActivation.Function(-0.6f));
        SameInEveryTier(new EluActivation.Function(1.3f));
        SameInEveryTier(default(GeluActivation.Function));
        SameInEveryTier(new SwishActivation.Function(0.7f));
        SameInEveryTier(new SigmoidActivation.Function(1.1f));
        SameInEveryTier(default(TanhActivation.Function));
        SameInEveryTier(default(IdentityActivation.Function));
    }

    [Theory]
    [MemberData(nameof(ActivationCase.Names), MemberType = typeof(ActivationCase))]
    public void Sign_preserving_activations_give_the_same_gradient_from_scaled_outputs(string name)
    {
        Activation activation = ActivationCase.All[name].Activation;
        Assert.Equal(
            name is "Relu" or "Identity" || name.StartsWith("LeakyRelu", StringComparison.Ordinal),
            activation.PreservesSign);
        if (activation.PreservesSign)
        {
            float[] z = [.. Floats.Random(100, 1), 0f, -0f, float.Epsilon];
            float[] da = Floats.Random(z.Length, 2);
            var a = new float[z.Length];
            var fromSums = new float[z.Length];
            var fromOutputs = new float[z.Length];
            activation.Forward(z, a, z.Length, []);
            activation.Backward(z, [], da, fromSums, z.Length, []);
            activation.Backward([.. a.Select(v => v / 0.7f)], [], da, fromOutputs, z.Length, []);
            Floats.AssertSameBits(fromSums, fromOutputs);
        }
    }

    [Fact]
    public void Wrong_shapes_are_rejected()
    {
        Activation f = Known.Relu;
        var six = new float[6];
        Fails("z has 6 values, which is not a whole number of rows of width 4.", () => f.Forward(six, six, 4, []));
        Fails("a has 5 values; it needs 6, as many as z.", () => f.Forward(six, new float[5], 3, []));
        Fails("dz has 5 values; it needs 6, as many as z.", () => f.Backward(six, [], six, new float[5], 3, []));
        Fails("dz has 6 values; it needs 5, as many as da.", () => f.Backward(six, [], new float[5], six, 3, []));
        Fails("parameters has 1 values; Relu needs 0 for each of 2 rows.", () => f.Forward(six, six, 3, [1f]));
        Fails(
            "parameters has 1 values; Relu needs 0 for each of 2 rows.",
            () => f.Backward(six, [], six, six, 3, [1f]));
        Fails(
            "a overlaps z with a shift of 1; it must be the same memory or apart from it.",
            () => f.Forward(six.AsSpan(0, 4), six.AsSpan(1, 4), 4, []));
        Fails(
            "dz overlaps da with a shift of -2; it must be the same memory or apart from it.",
            () => f.Backward(new float[4], [], six.AsSpan(2, 4), six.AsSpan(0, 4), 4, []));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => f.Forward(six, six, 0, []));
    }

    private static void Fails(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static float Slope(Activation activation, float z)
    {
        float[] slope = [1f];
        activation.Backward([z], [], slope, slope, 1, []);
        return slope[0];
    }

    private static void SameInEveryTier<TFunction>(TFunction function)
        where TFunction : struct, IActivationFunction
    {
        float[] z = [.. Floats.Random(300, 1), .. Floats.Random(300, 2, 120f), .. Floats.Special];
        Floats.SameInEveryTier(new ValueOf<TFunction>(function), z);
        Floats.SameInEveryTier(new SlopeOf<TFunction>(function), z);
    }

    private readonly struct ValueOf<TFunction>(TFunction function) : IUnaryOperation
        where TFunction : struct, IActivationFunction
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => function.Value(value);
    }

    private readonly struct SlopeOf<TFunction>(TFunction function) : IUnaryOperation
        where TFunction : struct, IActivationFunction
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => function.Derivative(value);
    }
}
