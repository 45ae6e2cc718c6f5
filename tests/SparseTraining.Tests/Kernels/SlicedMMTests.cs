using SparseTraining.Layers;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

public class SlicedMMTests
{
    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    [InlineData(200, 100, 0.2)]
    [InlineData(70_000, 37, 0.001)]
    [InlineData(5000, 40, 0.02)]
    public void Outputs_have_the_bits_of_the_layer_in_training_at_every_width(int inputs, int outputs, double density)
    {
        for (int width = 1; width <= 80; width += inputs < 1000 ? 1 : 21)
        {
            var c = new SparseCase(inputs, outputs, density, width);
            var layer = new SparseLinearLayer(c.Mask);
            c.Values.CopyTo(layer.WeightValues);
            c.Bias.CopyTo(layer.BiasValues);
            var expected = new float[outputs * width];
            layer.Forward(c.X, expected, width);

            var inference = new InferenceSparseLayer(c.Mask, c.Values);
            c.Bias.CopyTo(inference.BiasValues);
            using var x = new GuardedBuffer(c.X);
            using var y = new GuardedBuffer(outputs * width);
            inference.ForwardRows(x.Span, y.Span, width, 0, outputs);
            Floats.AssertSameBits(expected, y.Span);
        }
    }

    [Theory]
    [InlineData(200, 300, 0.2, 1)]
    [InlineData(200, 256, 0.2, 5)]
    [InlineData(5000, 300, 0.02, 1)]
    [InlineData(70_000, 300, 0.001, 64)]
    public void Groups_of_rows_can_be_had_alone(int inputs, int outputs, double density, int width)
    {
        var c = new SparseCase(inputs, outputs, density, width);
        var layer = new InferenceSparseLayer(c.Mask, c.Values);
        c.Bias.CopyTo(layer.BiasValues);
        var expected = new float[outputs * width];
        layer.ForwardRows(c.X, expected, width, 0, outputs);
        for (int first = 0; first < outputs; first += layer.RowGroup)
        {
            int count = Math.Min(layer.RowGroup, outputs - first);
            using var x = new GuardedBuffer(c.X);
            using var y = new GuardedBuffer(count * width);
            layer.ForwardRows(x.Span, y.Span, width, first, count);
            Floats.AssertSameBits(expected.AsSpan(first * width, count * width), y.Span);
        }
    }

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    [InlineData(70_000, 37, 0.001)]
    [InlineData(5000, 40, 0.02)]
    public void Links_come_back_in_the_order_of_rows(int inputs, int outputs, double density)
    {
        var c = new SparseCase(inputs, outputs, density, width: 1);
        (WeightMask mask, float[] values) = new InferenceSparseLayer(c.Mask, c.Values).ToLinks();
        Assert.Equal(c.Mask, mask);
        Assert.Equal(c.Values, values);
    }

    [Fact]
    public void What_is_not_a_number_reaches_only_the_outputs_that_are_linked_to_it()
    {
        // Nothing is padded with zeros: 0 · ∞ would be NaN.
        var c = new SparseCase(60, 50, 0.15, width: 1);
        float[] x = [.. c.X];
        x[0] = float.PositiveInfinity;
        x[7] = float.NaN;
        var layer = new InferenceSparseLayer(c.Mask, c.Values);
        var y = new float[50];
        layer.ForwardRows(x, y, 1, 0, 50);
        for (int row = 0; row < 50; row++)
        {
            Assert.Equal(!c.Mask.Contains(row, 0) && !c.Mask.Contains(row, 7), float.IsFinite(y[row]));
        }
    }

    [Fact]
    public void A_link_takes_six_bytes()
    {
        var c = new SparseCase(1000, 1000, 0.04, width: 1);
        var layer = new InferenceSparseLayer(c.Mask, c.Values);
        Assert.InRange(layer.TrainingStateBytes, 6L * c.Mask.LinkCount, 6L * c.Mask.LinkCount + 14 * 1000);
    }
}
