using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Tests.Kernels;
using SparseTraining.Topology;
using Known = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Layers;

public class LinearLayerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(64)]
    public void A_layer_of_density_1_equals_the_dense_layer_bit_for_bit(int width)
    {
        var c = new SparseCase(23, 11, 1.0, width);
        var sparse = new SparseLinearLayer(c.Mask);
        var dense = new DenseLinearLayer(23, 11);
        var masked = new MaskedLinearLayer(c.Mask);
        foreach (LinearLayer layer in new LinearLayer[] { sparse, dense, masked })
        {
            c.Values.CopyTo(layer.WeightValues);
            c.Bias.CopyTo(layer.BiasValues);
        }

        AssertSameBits(c, sparse, dense);
        AssertSameBits(c, masked, dense);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void A_masked_layer_equals_the_sparse_layer(double density)
    {
        var c = new SparseCase(23, 11, density, 40);
        var sparse = new SparseLinearLayer(c.Mask);
        var masked = new MaskedLinearLayer(c.Mask);
        sparse.SetLinkValues(c.Values);
        masked.SetLinkValues(c.Values);
        c.Bias.CopyTo(sparse.BiasValues);
        c.Bias.CopyTo(masked.BiasValues);
        Optimizer momentum = Known.Momentum(0.1, 0.9);
        for (int step = 1; step <= 3; step++)
        {
            sparse.Update(c.X, c.Dz, 40, 1f / 40, momentum, new UpdateContext(step, 0.1));
            masked.Update(c.X, c.Dz, 40, 1f / 40, momentum, new UpdateContext(step, 0.1));
        }

        var fromMasked = new float[c.Mask.LinkCount];
        masked.CopyLinkValues(fromMasked);
        Assert.Equal(sparse.WeightValues.ToArray(), fromMasked);
        Assert.Equal(sparse.BiasValues.ToArray(), masked.BiasValues.ToArray());
        Assert.Equal(sparse.LinkCount, masked.LinkCount);
        Assert.Equal(masked.WeightValues.ToArray().Count(w => w != 0), c.Mask.LinkCount);
    }

    /// <summary>∞ · 0 would be NaN: where gradients are clipped, that came through the mask.</summary>
    [Fact]
    public void A_gradient_that_overflows_where_no_link_is_stays_behind_the_mask()
    {
        var c = new SparseCase(23, 11, 0.3, 4);
        var masked = new MaskedLinearLayer(c.Mask);
        float[] x = [.. Enumerable.Repeat(1e30f, 23 * 4)];
        float[] dz = [.. Enumerable.Repeat(1e30f, 11 * 4)];
        var gradient = new float[23 * 11];
        masked.Gradient(x, dz, 4, gradient, new float[11]);
        Assert.Equal(c.Mask.ToDense().Select(link => link > 0 ? float.PositiveInfinity : 0f), gradient);
        Assert.Throws<ArgumentException>("destination", () => masked.CopyLinkValues(new float[3]));
    }

    [Fact]
    public void Update_is_the_optimizer_on_the_scaled_gradient()
    {
        var c = new SparseCase(60, 50, 0.5, 16, tiles: 3);
        var layer = new SparseLinearLayer(c.Mask);
        layer.SetLinkValues(c.Values);
        c.Bias.CopyTo(layer.BiasValues);
        var weightGradient = new float[layer.LinkCount];
        var biasGradient = new float[50];
        layer.Gradient(c.X, c.Dz, 16, weightGradient, biasGradient);
        var context = new UpdateContext(1, 0.5);
        Optimizer sgd = Known.Sgd(0.5);
        layer.Update(c.X, c.Dz, 16, 0.25f, sgd, context);
        float[] weights = [.. c.Values];
        float[] biases = [.. c.Bias];
        sgd.Update(weights, [.. weightGradient.Select(g => g * 0.25f)], [], [], context);
        sgd.Update(biases, [.. biasGradient.Select(g => g * 0.25f)], [], [], context);
        Floats.AssertSameBits(weights, layer.WeightValues);
        Floats.AssertSameBits(biases, layer.BiasValues);
    }

    [Fact]
    public void Regularization_and_clipping_reach_weights_and_by_choice_biases()
    {
        var c = new SparseCase(4, 3, 1.0, 8);
        foreach (bool includeBias in new[] { false, true })
        {
            var layer = new SparseLinearLayer(c.Mask);
            layer.SetLinkValues(c.Values);
            c.Bias.CopyTo(layer.BiasValues);

            // With a zero gradient only the penalties move anything.
            var rule = new Regularization { L2 = 0.5, DecoupledDecay = 0.1, IncludeBias = includeBias };
            layer.Update(c.X, new float[c.Dz.Length], 8, 1f, Known.Sgd(1), new UpdateContext(1, 1), rule);
            for (int i = 0; i < c.Values.Length; i++)
            {
                Assert.Equal(c.Values[i] * 0.5f * 0.9f, layer.WeightValues[i], 1e-6f);
            }

            Assert.Equal(includeBias ? c.Bias[0] * 0.45f : c.Bias[0], layer.BiasValues[0], 1e-6f);
        }

        var clipped = new SparseLinearLayer(c.Mask);
        clipped.Update(c.X, c.Dz, 8, 1000f, Known.Sgd(1), new UpdateContext(1, 1), clipping: GradientClipping.ByValue(0.125));
        Assert.All(clipped.WeightValues.ToArray(), w => Assert.InRange(w, -0.125f, 0.125f));
        Assert.Contains(clipped.WeightValues.ToArray(), w => Math.Abs(w) == 0.125f);
    }

    [Fact]
    public void A_network_built_by_hand_learns()
    {
        // y = 2 x0 − x2 through one linear layer, on its own.
        var layer = new SparseLinearLayer(WeightMask.FromLinks(1, 3, [new Link(0, 0), new Link(0, 2)]));
        float[] x = [1, 2, 3, 4, -1, 5, 0, 2, 0.5f, -2, 1, 3];
        var y = new float[4];
        var dy = new float[4];
        for (int step = 1; step <= 2000; step++)
        {
            layer.Forward(x, y, 4);
            for (int s = 0; s < 4; s++)
            {
                dy[s] = y[s] - (2 * x[s] - x[8 + s]);
            }

            layer.Update(x, dy, 4, 0.25f, Known.Sgd(0.1), new UpdateContext(step, 0.1));
        }

        Assert.Equal(2f, layer.WeightValues[0], 1e-3f);
        Assert.Equal(-1f, layer.WeightValues[1], 1e-3f);
        Assert.Equal(0f, layer.BiasValues[0], 1e-2f);
    }

    [Fact]
    public void Bad_blocks_are_refused_with_the_shape_that_is_needed()
    {
        var layer = new DenseLinearLayer(3, 2);
        var e = Assert.Throws<ArgumentException>(() => layer.Forward(new float[5], new float[4], 2));
        Assert.Contains("[3 features, 2 samples] = 6 values", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => layer.Forward(new float[6], new float[5], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.Forward([], [], 0));
        Assert.Throws<ArgumentException>(() => layer.Backward(new float[4], new float[5], 2));
        var shared = new float[20];
        Assert.Throws<ArgumentException>(() => layer.Forward(shared.AsSpan(0, 6), shared.AsSpan(4, 4), 2));
        Assert.Throws<ArgumentException>(() => layer.Backward(shared.AsSpan(0, 4), shared.AsSpan(2, 6), 2));
        e = Assert.Throws<ArgumentException>(() => layer.Gradient(new float[6], new float[8], 2, new float[6], new float[2]));
        Assert.Contains("[blocks, 3, 2]", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => layer.Gradient(new float[6], new float[4], 2, new float[5], new float[2]));
        Assert.Throws<ArgumentException>(() => layer.Gradient(new float[6], new float[4], 2, new float[6], new float[3]));
        e = Assert.Throws<ArgumentException>(() =>
            layer.Update(new float[6], new float[4], 2, 1, Known.Sgd(), new UpdateContext(1, 1), clipping: GradientClipping.ByGlobalNorm(1)));
        Assert.Contains("clip by value", e.Message, StringComparison.Ordinal);
        var size = Assert.Throws<ArgumentOutOfRangeException>(() => new DenseLinearLayer(0, 2));
        Assert.Equal("inputSize", size.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseLinearLayer(100_000, 100_000));
        Assert.Throws<ArgumentNullException>(() => new SparseLinearLayer(null!));
        e = Assert.Throws<ArgumentException>(() => new SparseLinearLayer(WeightMask.Full(2, 2)).SetLinkValues([1f]));
        Assert.Contains("1 values for 4 links", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_sparse_layer_needs_memory_for_its_links_only()
    {
        WeightMask mask = WeightMask.FromLinks(1_000_000, 1_000_000, [new Link(0, 999_999), new Link(999_999, 5)]);
        var layer = new SparseLinearLayer(mask);
        layer.SetLinkValues([2f, 3f]);
        var x = new float[1_000_000];
        x[5] = 10;
        x[999_999] = 7;
        var y = new float[1_000_000];
        layer.Forward(x, y, 1);
        Assert.Equal(14f, y[0]);
        Assert.Equal(30f, y[999_999]);
        Assert.InRange(layer.TrainingStateBytes, 1, 20_000_000);
    }

    private static void AssertSameBits(SparseCase c, LinearLayer layer, LinearLayer dense)
    {
        var y = new float[11 * c.Width];
        var expectedY = new float[11 * c.Width];
        layer.Forward(c.X, y, c.Width);
        dense.Forward(c.X, expectedY, c.Width);
        Floats.AssertSameBits(expectedY, y);
        var dx = new float[23 * c.Width];
        var expectedDx = new float[23 * c.Width];
        layer.Backward(c.Dz, dx, c.Width);
        dense.Backward(c.Dz, expectedDx, c.Width);
        Floats.AssertSameBits(expectedDx, dx);
        var gradient = new float[23 * 11];
        var expectedGradient = new float[23 * 11];
        var bias = new float[11];
        var expectedBias = new float[11];
        layer.Gradient(c.X, c.Dz, c.Width, gradient, bias);
        dense.Gradient(c.X, c.Dz, c.Width, expectedGradient, expectedBias);
        Floats.AssertSameBits(expectedGradient, gradient);
        Floats.AssertSameBits(expectedBias, bias);
        Assert.Equal(dense.LinkCount, layer.LinkCount);
        Assert.Equal(1.0, layer.Density);
    }
}
