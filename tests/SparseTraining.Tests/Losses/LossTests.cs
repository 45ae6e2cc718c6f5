using SparseTraining.Kernels;
using SparseTraining.Losses;
using SparseTraining.Tests.Kernels;

namespace SparseTraining.Tests.Losses;

public class LossTests
{
    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void Gradient_and_losses_match_double_precision_at_every_width(string name)
    {
        LossOracle oracle = LossOracle.All[name];
        const double H = 1e-5;
        foreach (int rows in (int[])[1, 2, 5])
        {
            for (int width = 1; width <= 40; width++)
            {
                var batch = new Batch(oracle, rows, width);
                float[] gradient = batch.GradientOfLogits();
                for (int sample = 0; sample < width; sample++)
                {
                    double[] z = LossOracle.Column(batch.Logits, sample, width);
                    double[] t = LossOracle.Column(batch.Targets, sample, width);
                    double weight = batch.Weights[sample];
                    Assert.Equal(weight * oracle.Formula(z, t), batch.Losses[sample], 2e-6);
                    for (int row = 0; row < rows; row++)
                    {
                        double[] up = [.. z], down = [.. z];
                        up[row] += H;
                        down[row] -= H;
                        double slope = weight * (oracle.Formula(up, t) - oracle.Formula(down, t)) / (2 * H);
                        Floats.AssertClose(slope, gradient[(row * width) + sample], 2e-5, 2e-6, $"{row}, {sample} of {width}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void Weight_zero_gives_exactly_nothing_whatever_the_outputs_are(string name)
    {
        float[] extreme = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue];
        var gradient = new float[8];
        var losses = new double[4];
        LossOracle.All[name].Loss.Evaluate(
            [.. extreme, .. extreme], [.. extreme, .. extreme], new float[8], new float[4], 4, gradient, losses);
        Assert.All(gradient, g => Assert.Equal(0, BitConverter.SingleToInt32Bits(g)));
        Assert.All(losses, l => Assert.Equal(0, BitConverter.DoubleToInt64Bits(l)));
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void A_NaN_shows_in_its_sample_only(string name)
    {
        var gradient = new float[4];
        var losses = new double[2];
        float[] values = [float.NaN, 0.5f, float.NaN, 0.5f];
        LossOracle.All[name].Loss.Evaluate(values, values, [1f, 1f, 0f, 0f], [1f, 1f], 2, gradient, losses);
        Assert.Equal([true, false, true, false], gradient.Select(float.IsNaN));
        Assert.Equal([true, false], losses.Select(double.IsNaN));
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void A_NaN_weight_is_not_taken_for_zero(string name)
    {
        var gradient = new float[2];
        var losses = new double[1];
        LossOracle.All[name].Loss.Evaluate([1f, 2f], [0.3f, 0.7f], [1f, 0f], [float.NaN], 1, gradient, losses);
        Assert.All(gradient, g => Assert.True(float.IsNaN(g)));
        Assert.True(double.IsNaN(losses[0]));
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void Losses_are_the_same_without_a_gradient_and_with_one_in_place(string name)
    {
        LossOracle oracle = LossOracle.All[name];
        var batch = new Batch(oracle, 3, 21);
        float[] expected = batch.Gradient();
        double[] losses = [.. batch.Losses];
        Array.Clear(batch.Losses);
        oracle.Loss.Evaluate(batch.Logits, batch.Outputs, batch.Targets, batch.Weights, 21, [], batch.Losses);
        Assert.Equal(losses, batch.Losses);
        foreach (float[] block in (float[][])[batch.Logits, batch.Outputs, batch.Targets])
        {
            float[] before = [.. block];
            oracle.Loss.Evaluate(batch.Logits, batch.Outputs, batch.Targets, batch.Weights, 21, block, batch.Losses);
            Floats.AssertSameBits(expected, block);
            Assert.Equal(losses, batch.Losses);
            before.CopyTo(block, 0);
        }
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void A_sample_gets_the_same_bits_alone_as_in_a_batch(string name)
    {
        LossOracle oracle = LossOracle.All[name];
        const int Width = 37;
        var batch = new Batch(oracle, 4, Width);
        float[] gradient = batch.Gradient();
        for (int sample = 0; sample < Width; sample++)
        {
            var alone = new float[4];
            var loss = new double[1];
            oracle.Loss.Evaluate(
                Column(batch.Logits, sample, Width),
                Column(batch.Outputs, sample, Width),
                Column(batch.Targets, sample, Width),
                [batch.Weights[sample]],
                1,
                alone,
                loss);
            Floats.AssertSameBits(Column(gradient, sample, Width), alone);
            Assert.Equal(batch.Losses[sample], loss[0]);
        }
    }

    [Fact]
    public void Gradients_are_the_same_bits_in_every_tier()
    {
        var batch = new Batch(LossOracle.All.First().Value, 3, 61);
        var one = new float[183];
        var other = new float[183];
        var squared = default(MeanSquaredErrorLoss.ErrorGradient);
        Categorical<Lane1>(one);
        OfOutputs<Lane1>(other);
        Categorical<Lane128>();
        Categorical<Lane256>();
        Categorical<Lane512>();
        OfOutputs<Lane128>();
        OfOutputs<Lane256>();
        OfOutputs<Lane512>();

        void Categorical<TLane>(float[]? gradient = null)
            where TLane : struct, ILane<TLane>
        {
            gradient ??= new float[183];
            Elementwise.Run<CategoricalCrossEntropyLoss.GradientKernel, TLane>(
                new(0.1f, batch.Outputs, batch.Targets, batch.Weights, gradient), 61);
            Floats.AssertSameBits(one, gradient);
        }

        void OfOutputs<TLane>(float[]? gradient = null)
            where TLane : struct, ILane<TLane>
        {
            gradient ??= new float[183];
            Elementwise.Run<OutputLoss<MeanSquaredErrorLoss.ErrorGradient>.GradientKernel, TLane>(
                new(squared, 0.7f, batch.Outputs, batch.Targets, batch.Weights, gradient), 61);
            Floats.AssertSameBits(other, gradient);
        }
    }

    [Theory]
    [MemberData(nameof(LossOracle.Names), MemberType = typeof(LossOracle))]
    public void Wrong_shapes_are_rejected(string name)
    {
        Loss loss = LossOracle.All[name].Loss;
        float[] six = new float[6], five = new float[5], three = new float[3];
        double[] losses = new double[3];
        Fails(
            "outputs has 5 values, which is not a whole number of rows of width 3.",
            () => loss.Evaluate(five, five, five, three, 3, five, losses));
        Fails(
            "outputs is empty; a loss needs at least one output.",
            () => loss.Evaluate([], [], [], three, 3, [], losses));
        Fails(
            "logits has 3 values; it needs 6, as many as outputs.",
            () => loss.Evaluate(three, six, six, three, 3, [], losses));
        Fails(
            "targets has 3 values; it needs 6, as many as outputs.",
            () => loss.Evaluate(six, six, three, three, 3, [], losses));
        Fails(
            "weights has 5 values; it needs 3, as many as width.",
            () => loss.Evaluate(six, six, six, five, 3, [], losses));
        Fails(
            "sampleLosses has 2 values; it needs 3, as many as width.",
            () => loss.Evaluate(six, six, six, three, 3, [], new double[2]));
        Fails(
            "gradient has 5 values; it needs 6, as many as logits.",
            () => loss.Evaluate(six, six, six, three, 3, five, losses));
        Fails(
            "gradient shares memory with weights; the two must be apart.",
            () => loss.Evaluate(three, three, three, three.AsSpan(0, 1), 1, three, losses.AsSpan(0, 1)));
        Fails(
            "gradient overlaps targets with a shift of 1",
            () => loss.Evaluate(three, three, six.AsSpan(0, 3), new float[3], 3, six.AsSpan(1, 3), losses));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => loss.Evaluate(six, six, six, three, 0, [], losses));
    }

    private static void Fails(string message, Action action) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static float[] Column(float[] block, int sample, int width) =>
        [.. block.Where((_, i) => i % width == sample)];

    private sealed class Batch
    {
        private readonly LossOracle _oracle;
        private readonly int _width;

        public Batch(LossOracle oracle, int rows, int width)
        {
            (_oracle, _width) = (oracle, width);
            Logits = Floats.Random(rows * width, width, 4f);
            Targets = [.. Floats.Random(rows * width, width + 1, 0.5f).Select(t => t + 0.5f)];
            Weights = [.. Floats.Random(width, width + 2, 1f).Select(w => w + 1f)];
            Outputs = new float[rows * width];
            Losses = new double[width];
            oracle.Activation.Forward(Logits, Outputs, width, []);
        }

        public float[] Logits { get; }

        public float[] Outputs { get; }

        public float[] Targets { get; }

        public float[] Weights { get; }

        public double[] Losses { get; }

        public float[] Gradient()
        {
            var gradient = new float[Logits.Length];
            _oracle.Loss.Evaluate(Logits, Outputs, Targets, Weights, _width, gradient, Losses);
            return gradient;
        }

        public float[] GradientOfLogits()
        {
            float[] gradient = Gradient();
            if (!_oracle.Loss.GradientIsWithRespectToLogits)
            {
                _oracle.Activation.Backward(Logits, Outputs, gradient, gradient, _width, []);
            }

            return gradient;
        }
    }
}
