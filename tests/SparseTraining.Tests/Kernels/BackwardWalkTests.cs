using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

public class BackwardWalkTests
{
    private static readonly int[] Widths = [1, 4, 16, 32, 48, 64];

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Both_products_give_the_bits_of_the_documented_order_at_every_width(int inputs, int outputs, double density)
    {
        foreach (int width in Widths)
        {
            var c = new SparseCase(inputs, outputs, density, width);
            var index = new TransposedIndex(c.Mask);
            using var guardedX = new GuardedBuffer(c.X);
            using var guardedDz = new GuardedBuffer(c.Dz);
            using var dx = new GuardedBuffer(inputs * width);
            using var gradient = new GuardedBuffer(c.Mask.LinkCount);
            Walk(c, index, guardedX.Span, guardedDz.Span, dx.Span, gradient.Span, add: false, 0, inputs);
            Floats.AssertSameBits(SpMMTests.ScalarTransposed(c), dx.Span);
            int k = 0;
            foreach (Link link in c.Mask)
            {
                Floats.AssertSameBits([InDocumentedOrder(c, 0, link.Row, link.Column)], gradient.Span.Slice(k++, 1));
            }
        }
    }

    /// <summary>So many rows that the walk asks for them ahead.</summary>
    [Fact]
    public void Rows_beyond_the_caches_give_the_bits_of_the_documented_order() =>
        Both_products_give_the_bits_of_the_documented_order_at_every_width(inputs: 20, outputs: 8_200, density: 0.01);

    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Without_an_input_gradient_the_sums_have_the_same_bits_and_add_to_what_is_there(int inputs, int outputs, double density)
    {
        foreach (int width in Widths)
        {
            var c = new SparseCase(inputs, outputs, density, width);
            var index = new TransposedIndex(c.Mask);
            var with = new float[c.Mask.LinkCount];
            Walk(c, index, c.X, c.Dz, new float[inputs * width], with, add: false, 0, inputs);
            float[] without = [.. Enumerable.Repeat(0.5f, c.Mask.LinkCount)];
            Walk(c, index, c.X, c.Dz, [], without, add: true, 0, inputs);
            Floats.AssertSameBits([.. with.Select(sum => 0.5f + sum)], without);
            Walk(c, index, c.X, c.Dz, [], without, add: false, 0, inputs);
            Floats.AssertSameBits(with, without);
        }
    }

    [Fact]
    public void Any_range_of_columns_is_what_the_whole_walk_has_there()
    {
        var c = new SparseCase(50, 40, 0.2, 32);
        var index = new TransposedIndex(c.Mask);
        var allDx = new float[50 * 32];
        var all = new float[c.Mask.LinkCount];
        Walk(c, index, c.X, c.Dz, allDx, all, add: false, 0, 50);
        var parts = new float[c.Mask.LinkCount];
        for (int first = 0, count; first < 50; first += count)
        {
            count = Math.Min(11, 50 - first);
            var dx = new float[count * 32];
            Walk(c, index, c.X, c.Dz, dx, parts, add: false, first, count);
            Floats.AssertSameBits(allDx.AsSpan(first * 32, dx.Length), dx);
        }

        Floats.AssertSameBits(all, parts);
    }

    [Fact]
    public void Sums_agree_with_double_precision()
    {
        var c = new SparseCase(129, 31, 0.1, 64);
        var index = new TransposedIndex(c.Mask);
        var gradient = new float[c.Mask.LinkCount];
        Walk(c, index, c.X, c.Dz, [], gradient, add: false, 0, 129);
        int k = 0;
        foreach (Link link in c.Mask)
        {
            double sum = Enumerable.Range(0, 64).Sum(s => (double)c.X[link.Column * 64 + s] * c.Dz[link.Row * 64 + s]);
            Assert.InRange(gradient[k++], sum - 1e-5, sum + 1e-5);
        }
    }

    [Fact]
    public void Wide_indices_give_the_same_bits_as_narrow_ones()
    {
        const int Rows = 70_000;
        WeightMask mask = WeightMask.FromLinks(Rows, 3, [new Link(3, 0), new Link(65_535, 0), new Link(65_536, 2), new Link(69_999, 0)]);
        var index = new TransposedIndex(mask);
        Assert.False(index.HasNarrowRows);
        float[] dz = SparseCase.Draw(new Randomness.RandomGenerator(5), Rows * 4);
        float[] x = [1, 0, 0, 0, 1, 1, 1, 1, 0, 2, 0, 0];
        var dx = new float[12];
        var gradient = new float[4];
        BackwardWalk.Run(
            index.ColumnPointers, SpMMTests.Rows(index), index.LinkIndices, [1f, 10f, 1f, 100f], x, dz, dx, gradient, add: false, 4, 0, 3);
        Assert.Equal([dz[3 * 4], dz[65_535 * 4], 2 * dz[65_536 * 4 + 1], dz[69_999 * 4]], gradient);
        Assert.Equal(MathF.FusedMultiplyAdd(100f, dz[69_999 * 4], MathF.FusedMultiplyAdd(10f, dz[65_535 * 4], dz[3 * 4])), dx[0]);
        Assert.Equal([0f, 0f, 0f, 0f], dx[4..8]);
        Assert.Equal(dz[(65_536 * 4)..(65_537 * 4)], dx[8..]);
    }

    [Fact]
    public void The_dense_gradient_gives_the_bits_of_the_sparse_one_of_a_full_mask()
    {
        foreach (int width in Widths)
        {
            var c = new SparseCase(13, 11, 1.0, width);
            const int stride = 17;
            var dense = new float[stride * 11];
            dense.AsSpan().Fill(float.NaN);
            DenseGradient.Run(c.X, c.Dz, width, dense, stride, add: false);
            for (int row = 0; row < 11; row++)
            {
                for (int column = 0; column < 13; column++)
                {
                    Floats.AssertSameBits([InDocumentedOrder(c, 0, row, column)], dense.AsSpan(row * stride + column, 1));
                }
            }

            float[] before = [.. dense];
            DenseGradient.Run(c.X, c.Dz, width, dense, stride, add: true);
            Floats.AssertSameBits([.. before.Select(sum => sum + sum)], dense);
            Assert.All(Enumerable.Range(0, 11), row => Assert.All(dense[(row * stride + 13)..((row + 1) * stride)], gap => Assert.True(float.IsNaN(gap))));
        }
    }

    [Fact]
    public void Sums_of_nothing_are_zero_and_not_minus_zero()
    {
        foreach (int width in Widths)
        {
            var c = new SparseCase(13, 11, 0.7, width);
            var index = new TransposedIndex(c.Mask);
            Array.Fill(c.X, -1f);
            Array.Clear(c.Dz);
            foreach (float[] dx in new[] { new float[c.X.Length], [] })
            {
                var gradient = new float[c.Mask.LinkCount];
                gradient.AsSpan().Fill(float.NaN);
                Walk(c, index, c.X, c.Dz, dx, gradient, add: false, 0, 13);
                Floats.AssertSameBits(new float[gradient.Length], gradient);
            }
        }
    }

    [Fact]
    public void Row_sums_add_in_the_same_order_as_gradients_over_ones()
    {
        foreach (int width in Widths)
        {
            var c = new SparseCase(4, 7, 1.0, width, tiles: 2);
            Array.Fill(c.X, 1f);
            for (int count = 0; count <= 6; count++)
            {
                var sums = new float[count];
                sums.AsSpan().Fill(float.NaN);
                for (int tile = 0; tile < 2; tile++)
                {
                    RowSums.Run(c.Dz.AsSpan((tile * 7 + 1) * width, count * width), width, sums, add: tile > 0);
                }

                float[] expected = [.. Enumerable.Range(1, count).Select(row => InDocumentedOrder(c, 0, row, 0) + InDocumentedOrder(c, 1, row, 0))];
                Floats.AssertSameBits(expected, sums);
            }
        }
    }

    [Fact]
    public void Folding_gives_the_same_bits_for_every_vector_width()
    {
        float[] values = SparseCase.Draw(new Randomness.RandomGenerator(8), 16);
        Assert.Equal(Tree(values), Sum<Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>(values));
        Assert.Equal(Tree(values), Sum<Join<Lane256, Lane256>>(values));
        Assert.Equal(Tree(values), Sum<Lane512>(values));
        Assert.Equal(Tree(values[..4]), Sum<Lane128>(values));
        Assert.Equal(values[0], Sum<Lane1>(values));
    }

    private static float Sum<T>(float[] values)
        where T : struct, ILane<T>
    {
        T lanes = T.Load(in values[0]);
        return HorizontalSum.OfFour(T.Broadcast(0f), lanes, T.Broadcast(1f), lanes)[1];
    }

    /// <summary>Sixteen lanes (four or one in tiles of that width) through a tile, then their tree.</summary>
    private static float InDocumentedOrder(SparseCase c, int tile, int row, int column)
    {
        var lanes = new float[Math.Min(c.Width, 16)];
        for (int s = 0; s < c.Width; s++)
        {
            float x = c.X[(tile * c.Mask.Columns + column) * c.Width + s];
            float dz = c.Dz[(tile * c.Mask.Rows + row) * c.Width + s];
            lanes[s % 16] = MathF.FusedMultiplyAdd(dz, x, lanes[s % 16]);
        }

        return Tree(lanes);
    }

    private static void Walk(
        SparseCase c, TransposedIndex index, ReadOnlySpan<float> x, ReadOnlySpan<float> dz, Span<float> dx, Span<float> gradient, bool add, int first, int count) =>
        BackwardWalk.Run(
            index.ColumnPointers, SpMMTests.Rows(index), index.LinkIndices, c.Values, x, dz, dx, gradient, add, c.Width, first, count);

    /// <summary>(v0 + v2) + (v1 + v3), of sixteen lanes for each quarter and then for the quarters.</summary>
    private static float Tree(float[] lanes) =>
        lanes.Length == 1 ? lanes[0]
        : lanes.Length == 4 ? (lanes[0] + lanes[2]) + (lanes[1] + lanes[3])
        : Tree([.. lanes.Chunk(4).Select(Tree)]);
}
