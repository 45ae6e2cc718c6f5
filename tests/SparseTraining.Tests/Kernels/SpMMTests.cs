using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

public class SpMMTests
{
    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Multiply_gives_the_bits_of_the_scalar_loop_at_every_width(int inputs, int outputs, double density)
    {
        for (int width = 1; width <= 256; width += width < 80 ? 1 : 11)
        {
            var c = new SparseCase(inputs, outputs, density, width);
            using var x = new GuardedBuffer(c.X);
            using var y = new GuardedBuffer(outputs * width);
            SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask), c.Values, 0, c.Bias, x.Span, y.Span, width, 0, outputs);
            Floats.AssertSameBits(ScalarMultiply(c), y.Span);
        }
    }

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Multiply_agrees_with_double_precision(int inputs, int outputs, double density)
    {
        var c = new SparseCase(inputs, outputs, density, width: 50);
        var y = new float[outputs * 50];
        SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask), c.Values, 0, c.Bias, c.X, y, 50, 0, outputs);
        float[] dense = c.DenseWeights();
        for (int row = 0; row < outputs; row++)
        {
            for (int s = 0; s < 50; s++)
            {
                double sum = c.Bias[row];
                double size = Math.Abs(sum);
                for (int k = 0; k < inputs; k++)
                {
                    double term = (double)dense[row * inputs + k] * c.X[k * 50 + s];
                    sum += term;
                    size += Math.Abs(term);
                }

                // Each of n roundings is at most half a unit in the last place of the sum so far.
                Assert.InRange(y[row * 50 + s], sum - (inputs + 1) * size * 6e-8, sum + (inputs + 1) * size * 6e-8);
            }
        }
    }

    [Theory]
    [InlineData(70_000, 12, 300)]
    [InlineData(100_001, 9, 40)]
    [InlineData(5000, 40, 70)]
    public void Blocks_of_columns_give_the_bits_of_one_pass(int inputs, int outputs, int linksPerRow)
    {
        foreach (int width in new[] { 1, 4, 16, 48, 64 })
        {
            var c = new SparseCase(inputs, outputs, (double)linksPerRow / inputs, width);
            var blocks = new ColumnBlocks(c.Mask);
            Assert.True(blocks.Count > 1);
            var expected = new float[outputs * width];
            SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask), c.Values, 0, c.Bias, c.X, expected, width, 0, outputs);
            var y = new float[(outputs - 3) * width];
            y.AsSpan().Fill(7);
            Assert.Equal(c.X.Length > 196_608, blocks.AreTakenFor(c.X));
            blocks.Multiply(c.Values, c.Bias, c.X, y, width, firstRow: 2, outputs - 3);
            Assert.Equal(expected[(2 * width)..((outputs - 1) * width)], y);
        }
    }

    [Theory]
    [InlineData(2048, 4, 1000)]
    [InlineData(100_000, 30, 30)]
    public void Few_inputs_and_rows_of_few_links_have_no_blocks(int inputs, int outputs, int linksPerRow) =>
        Assert.Equal(1, new ColumnBlocks(new SparseCase(inputs, outputs, (double)linksPerRow / inputs, width: 1).Mask).Count);

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Transposed_product_gives_the_bits_of_the_scalar_loop_at_every_width(int inputs, int outputs, double density)
    {
        for (int width = 1; width <= 256; width += width < 80 ? 1 : 11)
        {
            var c = new SparseCase(inputs, outputs, density, width);
            var index = new TransposedIndex(c.Mask);
            using var dz = new GuardedBuffer(c.Dz);
            using var dx = new GuardedBuffer(inputs * width);
            float[] values = [.. index.LinkIndices.Select(link => c.Values[link])];
            SpMM.Multiply(index.ColumnPointers, Rows(index), values, 0, [], dz.Span, dx.Span, width, 0, inputs);
            Floats.AssertSameBits(ScalarTransposed(c), dx.Span);
        }
    }

    [Fact]
    public void A_range_of_rows_is_what_the_whole_product_has_there()
    {
        var c = new SparseCase(40, 30, 0.3, width: 24);
        var all = new float[30 * 24];
        var part = new float[11 * 24];
        SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask), c.Values, 0, c.Bias, c.X, all, 24, 0, 30);
        SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask), c.Values, 0, c.Bias, c.X, part, 24, 9, 11);
        Floats.AssertSameBits(all.AsSpan(9 * 24, 11 * 24), part);
        int origin = c.Mask.RowPointers[9];
        Array.Clear(part);
        SpMM.Multiply(c.Mask.RowPointers, Columns(c.Mask).From(origin), c.Values.AsSpan(origin), origin, c.Bias, c.X, part, 24, 9, 11);
        Floats.AssertSameBits(all.AsSpan(9 * 24, 11 * 24), part);
    }

    [Fact]
    public void Wide_indices_give_the_same_bits_as_narrow_ones()
    {
        const int Wide = 70_000;
        var links = new[] { new Link(0, 3), new Link(0, 65_535), new Link(0, 65_536), new Link(0, 69_999), new Link(2, 12) };
        WeightMask mask = WeightMask.FromLinks(3, Wide, links);
        Assert.False(mask.HasNarrowColumns);
        float[] x = SparseCase.Draw(new Randomness.RandomGenerator(4), Wide * 4);
        float[] values = [0.5f, -2f, 3f, 0.25f, 1.5f];
        var y = new float[12];
        SpMM.Multiply(mask.RowPointers, new IndexSpan(mask.NarrowColumns, mask.WideColumns), values, 0, new float[3], x, y, 4, 0, 3);
        for (int s = 0; s < 4; s++)
        {
            float expected = 0;
            for (int k = 0; k < 4; k++)
            {
                expected = MathF.FusedMultiplyAdd(values[k], x[links[k].Column * 4 + s], expected);
            }

            Assert.Equal(expected, y[s]);
            Assert.Equal(0f, y[4 + s]);
            Assert.Equal(1.5f * x[12 * 4 + s], y[8 + s]);
        }
    }

    internal static IndexSpan Rows(TransposedIndex index) => new(index.NarrowRows, index.WideRows);

    private static IndexSpan Columns(WeightMask mask) => new(mask.NarrowColumns, mask.WideColumns);

    private static float[] ScalarMultiply(SparseCase c)
    {
        var y = new float[c.Mask.Rows * c.Width];
        for (int row = 0; row < c.Mask.Rows; row++)
        {
            for (int s = 0; s < c.Width; s++)
            {
                float sum = c.Bias[row];
                for (int k = c.Mask.RowPointers[row]; k < c.Mask.RowPointers[row + 1]; k++)
                {
                    sum = MathF.FusedMultiplyAdd(c.Values[k], c.X[c.Mask.ColumnOf(k) * c.Width + s], sum);
                }

                y[row * c.Width + s] = sum;
            }
        }

        return y;
    }

    /// <summary>dx of the documented order: links of a column one after another.</summary>
    internal static float[] ScalarTransposed(SparseCase c)
    {
        var dx = new float[c.Mask.Columns * c.Width];
        int k = 0;
        foreach (Link link in c.Mask)
        {
            for (int s = 0; s < c.Width; s++)
            {
                ref float sum = ref dx[link.Column * c.Width + s];
                sum = MathF.FusedMultiplyAdd(c.Values[k], c.Dz[link.Row * c.Width + s], sum);
            }

            k++;
        }

        return dx;
    }
}
