using CsCheck;
using SparseTraining.Kernels;
using SparseTraining.Optimizers;
using SparseTraining.Tests.Kernels;
using Known = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Optimizers;

public class OptimizerTests
{
    private delegate void Step(ref double w, double g, ref double first, ref double second, long step, double rate);

    private static readonly Dictionary<string, (Optimizer Optimizer, int StateCount, Step Oracle)> Cases = new()
    {
        ["Sgd"] = (Known.Sgd(), 0, Sgd),
        ["Momentum"] = (Known.Momentum(), 1, Momentum),
        ["Nesterov"] = (Known.Nesterov(0.01, 0.8), 1, Nesterov),
        ["RmsProp"] = (Known.RmsProp(), 1, RmsProp),
        ["Adam"] = (Known.Adam(), 2, Adam),
        ["AdamW"] = (Known.AdamW(weightDecay: 0.3), 2, AdamW),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Several_steps_match_double_precision_at_every_length(string name)
    {
        (Optimizer optimizer, int stateCount, Step oracle) = Cases[name];
        Assert.Equal(stateCount, optimizer.StateCount);
        for (int length = 0; length <= 256; length += length < 40 ? 1 : 9)
        {
            float[] w = Floats.Random(length, length), first = new float[length], second = new float[length];
            double[] exact = [.. w], exactFirst = new double[length], exactSecond = new double[length];
            for (int step = 1; step <= 6; step++)
            {
                float[] g = Floats.Random(length, (100 * length) + step, 1f);
                double rate = 0.05 / step;
                optimizer.Update(w, g, first, second, new(step, rate));
                for (int i = 0; i < length; i++)
                {
                    oracle(ref exact[i], g[i], ref exactFirst[i], ref exactSecond[i], step, rate);
                }
            }

            for (int i = 0; i < length; i++)
            {
                Floats.AssertClose(exact[i], w[i], 4e-6, 1e-6, $"parameter {i} of {length}");
                Floats.AssertClose(exactFirst[i], first[i], 1e-6, 1e-6, $"first state {i} of {length}");
                Floats.AssertClose(exactSecond[i], second[i], 1e-6, 1e-6, $"second state {i} of {length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_how_the_parameters_are_cut(string name)
    {
        Optimizer optimizer = Cases[name].Optimizer;
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 200], Gen.Int, Gen.Long[1, 100_000]).Sample(
            (length, cut, seed, step) =>
            {
                cut = Math.Min(cut, length);
                float[] g = Floats.Random(length, seed);
                float[] w = Floats.Random(length, seed + 1), first = Floats.Random(length, seed + 2);
                float[] second = [.. first.Select(Math.Abs)];
                float[] w2 = [.. w], first2 = [.. first], second2 = [.. second];
                optimizer.Update(w, g, first, second, new(step, 0.01));
                Part(0, cut);
                Part(cut, length - cut);
                Floats.AssertSameBits(w, w2);
                Floats.AssertSameBits(first, first2);
                Floats.AssertSameBits(second, second2);

                void Part(int start, int count) => optimizer.Update(
                    w2.AsSpan(start, count),
                    g.AsSpan(start, count),
                    first2.AsSpan(start, count),
                    second2.AsSpan(start, count),
                    new(step, 0.01));
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public void Steps_are_the_same_bits_in_every_tier()
    {
        SameInEveryTier(new SgdOptimizer.Operation(-0.1f));
        SameInEveryTier(new MomentumOptimizer.Operation(0.9f, -0.1f));
        SameInEveryTier(new NesterovOptimizer.Operation(0.9f, -0.1f));
        SameInEveryTier(new RmsPropOptimizer.Operation(0.9f, 0.1f, 1e-7f, 0.1f));
        SameInEveryTier(new AdamOptimizer.Operation(0.9f, 0.1f, 0.999f, 0.001f, 0.1f, 3f, 1e-8f, -0.01f));
    }

    [Fact]
    public void Momentum_is_the_formula_of_the_specification()
    {
        float[] w = [1f], v = [0.5f];
        Known.Momentum(0.01, 0.5).Update(w, [2f], v, [], new(1, 0.25));
        Assert.Equal(-0.25f, v[0]);
        Assert.Equal(0.75f, w[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1_000_000_000_000)]
    public void Adam_corrects_its_bias_at_any_step(long step)
    {
        float[] w = [1f], m = [0f], v = [0f];
        Known.Adam().Update(w, [0.5f], m, v, new(step, 0.1));
        double mean = 0.05 / (1 - Math.Pow(0.9, step));
        double square = 0.00025 / (1 - Math.Pow(0.999, step));
        Assert.Equal(1 - (0.1 * mean / Math.Sqrt(square)), w[0], 1e-5);
    }

    [Fact]
    public void Adam_needs_steps_from_one() => Assert.Throws<ArgumentOutOfRangeException>(
        "context", () => Known.Adam().Update([1f], [1f], [0f], [0f], new(0, 0.1)));

    [Theory]
    [MemberData(nameof(Names))]
    public void State_without_gradient_ends_at_zero_and_never_becomes_subnormal(string name)
    {
        (Optimizer optimizer, int stateCount, _) = Cases[name];
        float[] w = [1f], first = [1e-30f], second = [1e-30f];
        for (int step = 1; step <= 20_000; step++)
        {
            optimizer.Update(w, [0f], first, second, new(step, 1e-9));
            Assert.False(float.IsSubnormal(first[0]) || float.IsSubnormal(second[0]));
        }

        Assert.Equal(stateCount > 0, first[0] == 0);
        Assert.Equal(stateCount > 1, second[0] == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_NaN_gradient_reaches_the_parameter_and_its_state(string name)
    {
        (Optimizer optimizer, int stateCount, _) = Cases[name];
        float[] w = [1f, 1f], first = [0f, 0f], second = [0f, 0f];
        optimizer.Update(w, [float.NaN, 1f], first, second, new(1, 0.1));
        Assert.Equal([true, false], w.Select(float.IsNaN));
        Assert.Equal([stateCount > 0, false], first.Select(float.IsNaN));
        Assert.Equal([stateCount > 1, false], second.Select(float.IsNaN));
    }

    [Fact]
    public void Wrong_shapes_and_shared_memory_are_rejected()
    {
        float[] w = new float[4], g = new float[4], first = new float[4], second = new float[4], memory = new float[9];
        var context = new UpdateContext(1, 0.1);
        Fails(
            "parameters has 4 values; it needs 3, as many as gradient.",
            () => Known.Sgd().Update(w, new float[3], [], [], context));
        Fails(
            "firstState has 0 values; it needs 4, as many as parameters.",
            () => Known.Momentum().Update(w, g, [], [], context));
        Fails(
            "secondState has 3 values; it needs 4, as many as parameters.",
            () => Known.Adam().Update(w, g, first, new float[3], context));
        Fails(
            "parameters overlaps gradient with a shift of 1",
            () => Known.Sgd().Update(memory.AsSpan(1, 4), memory.AsSpan(0, 4), [], [], context));
        Fails(
            "firstState shares memory with parameters; the two must be apart.",
            () => Known.Momentum().Update(w, g, w, [], context));
        Fails(
            "firstState shares memory with gradient; the two must be apart.",
            () => Known.Momentum().Update(w, g, g, [], context));
        Fails(
            "secondState shares memory with parameters; the two must be apart.",
            () => Known.Adam().Update(w, g, first, w, context));
        Fails(
            "secondState shares memory with gradient; the two must be apart.",
            () => Known.Adam().Update(w, g, first, g, context));
        Fails(
            "secondState shares memory with firstState; the two must be apart.",
            () => Known.Adam().Update(w, g, first, first, context));
    }

    private static void Fails(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static void Sgd(ref double w, double g, ref double first, ref double second, long step, double rate) =>
        w -= rate * g;

    private static void Momentum(ref double w, double g, ref double v, ref double second, long step, double rate)
    {
        v = (0.9 * v) - (rate * g);
        w += v;
    }

    private static void Nesterov(ref double w, double g, ref double v, ref double second, long step, double rate)
    {
        v = (0.8 * v) - (rate * g);
        w += (0.8 * v) - (rate * g);
    }

    private static void RmsProp(ref double w, double g, ref double s, ref double second, long step, double rate)
    {
        s = (0.9 * s) + (0.1 * g * g);
        w -= rate * g / (Math.Sqrt(s) + 1e-7);
    }

    private static void Adam(ref double w, double g, ref double m, ref double v, long step, double rate)
    {
        m = (0.9 * m) + (0.1 * g);
        v = (0.999 * v) + (0.001 * g * g);
        w -= rate * (m / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, step))) + 1e-8);
    }

    private static void AdamW(ref double w, double g, ref double m, ref double v, long step, double rate)
    {
        w -= rate * 0.3 * w;
        Adam(ref w, g, ref m, ref v, step, rate);
    }

    private static void SameInEveryTier<TOperation>(TOperation operation)
        where TOperation : struct, IUpdateOperation
    {
        float[] g = [.. Floats.Random(200, 1), .. Floats.Special];
        float[] expected = Run<Lane1>();
        Floats.AssertSameBits(expected, Run<Lane128>());
        Floats.AssertSameBits(expected, Run<Lane256>());
        Floats.AssertSameBits(expected, Run<Lane512>());

        float[] Run<TLane>()
            where TLane : struct, ILane<TLane>
        {
            float[] w = Floats.Random(g.Length, 2), first = [.. Floats.Random(g.Length, 3).Select(Math.Abs)], second = [.. first];
            Elementwise.Run<ElementwiseUpdate.Kernel<TOperation>, TLane>(new(operation, w, g, first, second), g.Length);
            return [.. w, .. first, .. second];
        }
    }
}
