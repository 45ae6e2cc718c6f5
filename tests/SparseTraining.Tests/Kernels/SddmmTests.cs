using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

public class SddmmTests
{
    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Gradient_gives_the_bits_of_the_documented_order_at_every_width(int inputs, int outputs, double density)
    {
        for (int width = 1; width <= 256; width += width < 70 ? 1 : 13)
        {
            int tiles = 1 + width % 3;
            var c = new SparseCase(inputs, outputs, density, width, tiles);
            using var x = new GuardedBuffer(c.X);
            using var dz = new GuardedBuffer(c.Dz);
            using var gradient = new GuardedBuffer(c.Mask.LinkCount);
            Sddmm.Gradient(c.Mask.RowPointers, new IndexSpan(c.Mask.NarrowColumns, c.Mask.WideColumns), x.Span, dz.Span, width, inputs, 0, gradient.Span);
            int k = 0;
            foreach (Link link in c.Mask)
            {
                Floats.AssertSameBits([InDocumentedOrder(c, link.Row, link.Column)], gradient.Span.Slice(k++, 1));
            }
        }
    }

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Gradient_agrees_with_double_precision(int inputs, int outputs, double density)
    {
        const int Width = 56;
        var c = new SparseCase(inputs, outputs, density, Width, tiles: 2);
        var gradient = new float[c.Mask.LinkCount];
        Sddmm.Gradient(c.Mask.RowPointers, new IndexSpan(c.Mask.NarrowColumns, c.Mask.WideColumns), c.X, c.Dz, Width, inputs, 0, gradient);
        int k = 0;
        foreach (Link link in c.Mask)
        {
            double sum = 0;
            for (int t = 0; t < 2; t++)
            {
                for (int s = 0; s < Width; s++)
                {
                    sum += (double)c.X[(t * inputs + link.Column) * Width + s] * c.Dz[(t * outputs + link.Row) * Width + s];
                }
            }

            Assert.InRange(gradient[k++], sum - 1e-5, sum + 1e-5);
        }
    }

    [Fact]
    public void Any_range_of_links_is_what_the_whole_gradient_has_there()
    {
        var c = new SparseCase(50, 40, 0.2, 20);
        var columns = new IndexSpan(c.Mask.NarrowColumns, c.Mask.WideColumns);
        var all = new float[c.Mask.LinkCount];
        Sddmm.Gradient(c.Mask.RowPointers, columns, c.X, c.Dz, 20, 50, 0, all);
        for (int first = 0; first < all.Length; first += 7)
        {
            var part = new float[Math.Min(29, all.Length - first)];
            Sddmm.Gradient(c.Mask.RowPointers, columns, c.X, c.Dz, 20, 50, first, part);
            Floats.AssertSameBits(all.AsSpan(first, part.Length), part);
        }
    }

    [Fact]
    public void Rows_without_links_are_passed_over()
    {
        WeightMask mask = WeightMask.FromLinks(6, 3, [new Link(1, 2), new Link(4, 0)]);
        float[] x = [1, 2, 3];
        float[] dz = [10, 20, 30, 40, 50, 60];
        var gradient = new float[2];
        Sddmm.Gradient(mask.RowPointers, new IndexSpan(mask.NarrowColumns, mask.WideColumns), x, dz, 1, 3, 0, gradient);
        Assert.Equal([60f, 50f], gradient);
        Sddmm.Gradient(mask.RowPointers, new IndexSpan(mask.NarrowColumns, mask.WideColumns), x, dz, 1, 3, 1, gradient.AsSpan(0, 1));
        Assert.Equal(50f, gradient[0]);
    }

    [Fact]
    public void The_dense_form_gives_the_bits_of_the_sparse_form_of_a_full_mask()
    {
        var c = new SparseCase(13, 9, 1.0, 30, tiles: 2);
        var sparse = new float[c.Mask.LinkCount];
        var dense = new float[c.Mask.LinkCount];
        Sddmm.Gradient(c.Mask.RowPointers, new IndexSpan(c.Mask.NarrowColumns, c.Mask.WideColumns), c.X, c.Dz, 30, 13, 0, sparse);
        Sddmm.DenseGradient(c.X, c.Dz, 30, 13, 9, 0, dense);
        Floats.AssertSameBits(sparse, dense);
        Sddmm.DenseGradient(c.X, c.Dz, 30, 13, 9, 17, dense.AsSpan(17, 60));
        Floats.AssertSameBits(sparse, dense);
        var row = new float[13];
        Sddmm.DenseRowGradient(c.X, c.Dz, 30, 13, 9, 4, row);
        Floats.AssertSameBits(sparse.AsSpan(4 * 13, 13), row);
    }

    [Fact]
    public void Row_sums_add_in_the_same_order_as_gradients_over_ones()
    {
        for (int width = 1; width < 90; width++)
        {
            var c = new SparseCase(4, 5, 1.0, width, tiles: 2);
            Array.Fill(c.X, 1f);
            var sums = new float[3];
            Sddmm.RowSums(c.Dz, width, 5, 1, sums);
            for (int i = 0; i < 3; i++)
            {
                Floats.AssertSameBits([InDocumentedOrder(c, 1 + i, 0)], sums.AsSpan(i, 1));
            }
        }
    }

    [Fact]
    public void Folding_gives_the_same_bits_for_every_vector_width()
    {
        float[] values = SparseCase.Draw(new Randomness.RandomGenerator(8), 16);
        float expected = HorizontalSum.One(HorizontalSum.FoldToFour(Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>.Load(in values[0])));
        Assert.Equal(expected, HorizontalSum.One(HorizontalSum.FoldToFour(Join<Lane256, Lane256>.Load(in values[0]))));
        Assert.Equal(expected, HorizontalSum.One(HorizontalSum.FoldToFour(Lane512.Load(in values[0]))));
        Assert.Equal(expected, Tree(values));
    }

    /// <summary>Sixteen lanes through all tiles, then four lanes, then single samples, each kind folded by halves.</summary>
    private static float InDocumentedOrder(SparseCase c, int row, int column)
    {
        var sixteen = new float[16];
        var four = new float[4];
        float one = 0;
        for (int t = 0; t < c.Tiles; t++)
        {
            for (int s = 0; s < c.Width; s++)
            {
                float x = c.X[(t * c.Mask.Columns + column) * c.Width + s];
                float dz = c.Dz[(t * c.Mask.Rows + row) * c.Width + s];
                ref float sum = ref s < (c.Width & ~15) ? ref sixteen[s % 16] : ref s < (c.Width & ~3) ? ref four[s % 4] : ref one;
                sum = MathF.FusedMultiplyAdd(dz, x, sum);
            }
        }

        return Tree(sixteen) + Tree(four) + one;
    }

    private static float Tree(float[] lanes)
    {
        float[] sums = [.. lanes];
        for (int half = sums.Length / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }
}
