using SparseTraining.Activations;
using SparseTraining.Kernels;
using SparseTraining.Tests.Kernels;
using Known = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Activations;

public class SReluActivationTests
{
    // t_l, a_l, t_r, a_r; the last row has its thresholds crossed.
    private static readonly float[] Parameters = [-0.5f, 0.2f, 1f, 0.4f, 0f, -0.3f, 2f, 1.5f, 1f, 0.5f, -1f, 0.7f];
    private const double H = 1e-5;

    [Fact]
    public void Forward_matches_the_formula_at_every_width_also_in_place()
    {
        for (int width = 1; width <= 130; width++)
        {
            float[] z = Floats.Random(3 * width, width, 3f);
            var a = new float[z.Length];
            Known.SRelu().Forward(z, a, width, Parameters);
            for (int i = 0; i < z.Length; i++)
            {
                Floats.AssertClose(Formula(z[i], Row(i / width)), a[i], 1e-6, 1e-6, $"f({z[i]:R})");
            }

            Known.SRelu().Forward(z, z, width, Parameters);
            Floats.AssertSameBits(a, z);
        }
    }

    [Fact]
    public void Backward_matches_finite_differences()
    {
        for (int width = 1; width <= 40; width++)
        {
            float[] z = AwayFromKinks(width);
            float[] da = Floats.Random(z.Length, width + 1);
            var dz = new float[z.Length];
            Known.SRelu().Backward(z, [], da, dz, width, Parameters);
            for (int i = 0; i < z.Length; i++)
            {
                double[] p = Row(i / width);
                double slope = (Formula(z[i] + H, p) - Formula(z[i] - H, p)) / (2 * H);
                Floats.AssertClose(slope * da[i], dz[i], 1e-6, 1e-6, $"f'({z[i]:R})");
            }

            Known.SRelu().Backward(z, [], da, da, width, Parameters);
            Floats.AssertSameBits(dz, da);
        }
    }

    [Fact]
    public void Parameter_gradient_matches_finite_differences_and_adds_to_what_is_there()
    {
        for (int width = 1; width <= 70; width++)
        {
            float[] z = AwayFromKinks(width);
            float[] da = Floats.Random(z.Length, width + 1);
            float[] gradient = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
            Known.SRelu().ParameterGradient(z, da, width, Parameters, gradient);
            for (int k = 0; k < 12; k++)
            {
                double expected = k;
                for (int sample = 0; sample < width; sample++)
                {
                    int i = (k / 4 * width) + sample;
                    double[] up = Row(k / 4), down = Row(k / 4);
                    up[k % 4] += H;
                    down[k % 4] -= H;
                    expected += da[i] * (Formula(z[i], up) - Formula(z[i], down)) / (2 * H);
                }

                Floats.AssertClose(expected, gradient[k], 2e-4, 1e-5, $"parameter {k}, width {width}");
            }
        }
    }

    [Fact]
    public void Not_a_number_stays_one_and_infinities_follow_the_slopes()
    {
        float[] z = [float.NaN, float.NegativeInfinity, float.PositiveInfinity];
        Known.SRelu().Forward(z, z, 3, [0f, 0.2f, 1f, 1f]);
        Floats.AssertSameBits([float.NaN, float.NegativeInfinity, float.PositiveInfinity], z);
    }

    [Fact]
    public void Values_and_slopes_are_the_same_bits_in_every_tier()
    {
        for (int row = 0; row < 3; row++)
        {
            float[] z = [.. Floats.Random(300, row, 3f), .. Floats.Special];
            Floats.SameInEveryTier(new SReluActivation.ValueOperation(Parameters.AsSpan(4 * row, 4)), z);
            Floats.SameInEveryTier(new SlopeOperation(new(Parameters.AsSpan(4 * row, 4))), z);
        }
    }

    [Fact]
    public void Every_neuron_starts_from_the_given_values()
    {
        var parameters = new float[8];
        Known.SRelu(-1, 0.1, 2, 0.9).InitializeParameters(parameters);
        Assert.Equal([-1f, 0.1f, 2f, 0.9f, -1f, 0.1f, 2f, 0.9f], parameters);
    }

    [Fact]
    public void Wrong_shapes_are_rejected()
    {
        Activation f = Known.SRelu();
        var six = new float[6];
        Fails(
            "parameters has 7 values; SRelu(0, 0.2, 1, 1) needs 4 for each of 2 rows.",
            () => f.Forward(six, six, 3, new float[7]));
        Fails(
            "parameters has 0 values; SRelu(0, 0.2, 1, 1) needs 4 for each of 2 rows.",
            () => f.Backward(six, [], six, six, 3, []));
        Fails(
            "parameters has 4 values; SRelu(0, 0.2, 1, 1) needs 4 for each of 2 rows.",
            () => f.ParameterGradient(six, six, 3, new float[4], new float[8]));
        Fails(
            "gradient has 4 values; SRelu(0, 0.2, 1, 1) needs 4 for each of 2 rows.",
            () => f.ParameterGradient(six, six, 3, new float[8], new float[4]));
        Fails(
            "da has 5 values; it needs 6, as many as z.",
            () => f.ParameterGradient(six, new float[5], 3, new float[8], new float[8]));
        Fails(
            "parameters has 6 values; SRelu(0, 0.2, 1, 1) needs 4 for each neuron.",
            () => f.InitializeParameters(six));
        Fails("a overlaps z with a shift of 2", () => f.Forward(six.AsSpan(0, 4), six.AsSpan(2, 4), 2, new float[8]));
    }

    private static void Fails(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static double[] Row(int row) => [.. Parameters[(4 * row)..((4 * row) + 4)].Select(p => (double)p)];

    private static double Formula(double z, double[] p) =>
        z > p[2] ? p[2] + (p[3] * (z - p[2])) : z < p[0] ? p[0] + (p[1] * (z - p[0])) : z;

    private static float[] AwayFromKinks(int width)
    {
        float[] z = Floats.Random(3 * width, width, 3f);
        for (int i = 0; i < z.Length; i++)
        {
            double[] p = Row(i / width);
            if (Math.Abs(z[i] - p[0]) < 1e-3 || Math.Abs(z[i] - p[2]) < 1e-3)
            {
                z[i] += 0.01f;
            }
        }

        return z;
    }

    private readonly struct SlopeOperation(SReluActivation.GradientOperation gradient) : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => gradient.Invoke(value, T.Broadcast(1f));
    }
}
