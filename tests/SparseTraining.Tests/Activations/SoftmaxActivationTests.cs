using SparseTraining.Activations;
using SparseTraining.Kernels;
using SparseTraining.Tests.Kernels;
using Known = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Activations;

public class SoftmaxActivationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Forward_matches_the_formula_at_every_width_also_in_place(int rows)
    {
        for (int width = 1; width <= 70; width++)
        {
            float[] z = Floats.Random(rows * width, width, 20f);
            var a = new float[z.Length];
            Known.Softmax.Forward(z, a, width, []);
            for (int sample = 0; sample < width; sample++)
            {
                double[] p = Formula(Column(z, sample, width));
                for (int row = 0; row < rows; row++)
                {
                    Floats.AssertClose(p[row], a[(row * width) + sample], 0, 3e-6, $"row {row}, sample {sample}");
                }
            }

            Known.Softmax.Forward(z, z, width, []);
            Floats.AssertSameBits(a, z);
        }
    }

    [Fact]
    public void Large_values_do_not_overflow()
    {
        float[] z = [100f, 99f, 1f];
        Known.Softmax.Forward(z, z, 1, []);
        Assert.Equal([0.73105858f, 0.26894142f, 0f], z, (a, b) => Math.Abs(a - b) < 1e-6f);
        z = [float.MaxValue, float.MinValue, float.NegativeInfinity];
        Known.Softmax.Forward(z, z, 1, []);
        Assert.Equal([1f, 0f, 0f], z);
    }

    [Fact]
    public void A_NaN_spreads_over_its_sample_and_no_further()
    {
        float[] z = [0f, float.NaN, 1f, 0f, 0f, 1f, 0f, 0f, float.NaN];
        Known.Softmax.Forward(z, z, 3, []);
        Assert.Equal([false, true, true, false, true, true, false, true, true], z.Select(float.IsNaN));
    }

    [Fact]
    public void Backward_matches_finite_differences()
    {
        const int Rows = 5;
        const double H = 1e-5;
        for (int width = 1; width <= 40; width++)
        {
            float[] z = Floats.Random(Rows * width, width, 3f);
            float[] da = Floats.Random(z.Length, width + 1, 1f);
            var a = new float[z.Length];
            var dz = new float[z.Length];
            Known.Softmax.Forward(z, a, width, []);
            Known.Softmax.Backward(z, a, da, dz, width, []);
            for (int i = 0; i < z.Length; i++)
            {
                double[] up = Column(z, i % width, width), down = [.. up], errors = Column(da, i % width, width);
                up[i / width] += H;
                down[i / width] -= H;
                double slope = Formula(up).Zip(Formula(down), (u, d) => (u - d) / (2 * H)).Zip(errors, (s, e) => s * e).Sum();
                Floats.AssertClose(slope, dz[i], 1e-6, 1e-5, $"value {i} of width {width}");
            }

            Known.Softmax.Backward(z, a, da, da, width, []);
            Floats.AssertSameBits(dz, da);
        }
    }

    [Fact]
    public void Values_and_gradients_are_the_same_bits_in_every_tier()
    {
        foreach (int width in (int[])[1, 3, 16, 37, 64])
        {
            float[] z = Floats.Random(7 * width, width, 20f);
            float[] da = Floats.Random(z.Length, width + 1);
            float[] expected = Forward<Lane1>(z, width);
            Floats.AssertSameBits(expected, Forward<Lane128>(z, width));
            Floats.AssertSameBits(expected, Forward<Lane256>(z, width));
            Floats.AssertSameBits(expected, Forward<Lane512>(z, width));
            float[] gradient = Backward<Lane1>(expected, da, width);
            Floats.AssertSameBits(gradient, Backward<Lane128>(expected, da, width));
            Floats.AssertSameBits(gradient, Backward<Lane256>(expected, da, width));
            Floats.AssertSameBits(gradient, Backward<Lane512>(expected, da, width));
        }
    }

    [Fact]
    public void Nothing_is_done_without_rows() => Known.Softmax.Forward([], [], 3, []);

    [Fact]
    public void Wrong_shapes_are_rejected()
    {
        var six = new float[6];
        Assert.Throws<ArgumentException>("z", () => Known.Softmax.Forward(six, six, 4, []));
        Assert.Throws<ArgumentException>("a", () => Known.Softmax.Forward(six, new float[3], 3, []));
        Assert.Throws<ArgumentException>("a", () => Known.Softmax.Forward(six.AsSpan(0, 4), six.AsSpan(1, 4), 2, []));
        Assert.Throws<ArgumentException>("dz", () => Known.Softmax.Backward(six, new float[3], six, six, 3, []));
        Assert.Throws<ArgumentException>("parameters", () => Known.Softmax.Forward(six, six, 3, [1f]));
    }

    private static float[] Forward<TLane>(float[] z, int width)
        where TLane : struct, ILane<TLane>
    {
        var a = new float[z.Length];
        Elementwise.Run<SoftmaxActivation.ForwardKernel, TLane>(new(z, a, width), width);
        return a;
    }

    private static float[] Backward<TLane>(float[] a, float[] da, int width)
        where TLane : struct, ILane<TLane>
    {
        var dz = new float[a.Length];
        Elementwise.Run<SoftmaxActivation.BackwardKernel, TLane>(new(a, da, dz, width), width);
        return dz;
    }

    private static double[] Column(float[] block, int sample, int width) =>
        [.. block.Where((_, i) => i % width == sample).Select(v => (double)v)];

    private static double[] Formula(double[] z)
    {
        double[] powers = [.. z.Select(v => Math.Exp(v - z.Max()))];
        return [.. powers.Select(p => p / powers.Sum())];
    }
}
