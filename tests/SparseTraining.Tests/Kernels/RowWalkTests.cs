using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Kernels;

public class RowWalkTests
{
    [Theory]
    [MemberData(nameof(SparseCase.Shapes), MemberType = typeof(SparseCase))]
    public void Both_products_have_the_bits_of_the_walk_by_columns(int inputs, int outputs, double density)
    {
        foreach (int width in new[] { 1, 4, 16 })
        {
            var c = new SparseCase(inputs, outputs, density, width);
            var index = new TransposedIndex(c.Mask);
            var expectedDx = new float[inputs * width];
            var expected = new float[c.Mask.LinkCount];
            BackwardWalk.Run(
                index.ColumnPointers, SpMMTests.Rows(index), index.LinkIndices, c.Values, c.X, c.Dz, expectedDx, expected, add: false, width, 0, inputs);

            using var x = new GuardedBuffer(c.X);
            using var dz = new GuardedBuffer(c.Dz);
            using var dx = new GuardedBuffer(inputs * width);
            using var gradient = new GuardedBuffer(c.Mask.LinkCount);
            dx.Span.Fill(float.NaN);
            Walk(c, x.Span, dz.Span, dx.Span, gradient.Span, add: false, width);
            Floats.AssertSameBits(expectedDx, dx.Span);
            Floats.AssertSameBits(expected, gradient.Span);

            gradient.Span.Fill(0.5f);
            Walk(c, x.Span, dz.Span, [], gradient.Span, add: true, width);
            Floats.AssertSameBits([.. expected.Select(sum => 0.5f + sum)], gradient.Span);
        }
    }

    [Fact]
    public void Wide_indices_give_the_same_bits_as_narrow_ones()
    {
        const int Columns = 70_000;
        WeightMask mask = WeightMask.FromLinks(2, Columns, [new Link(0, 3), new Link(0, 65_536), new Link(1, 3), new Link(1, 69_999)]);
        Assert.False(mask.HasNarrowColumns);
        float[] x = SparseCase.Draw(new Randomness.RandomGenerator(5), Columns);
        var dx = new float[Columns];
        var gradient = new float[4];
        RowWalk.Run(mask.RowPointers, new IndexSpan(mask.NarrowColumns, mask.WideColumns), [1f, 10f, 100f, 1000f], x, [2f, 4f], dx, gradient, add: false, 1);
        Assert.Equal([2 * x[3], 2 * x[65_536], 4 * x[3], 4 * x[69_999]], gradient);
        Assert.Equal([402f, 20f, 4000f], [dx[3], dx[65_536], dx[69_999]]);
        Assert.Equal(3, dx.Count(value => value != 0));
    }

    private static void Walk(SparseCase c, ReadOnlySpan<float> x, ReadOnlySpan<float> dz, Span<float> dx, Span<float> gradient, bool add, int width) =>
        RowWalk.Run(c.Mask.RowPointers, new IndexSpan(c.Mask.NarrowColumns, c.Mask.WideColumns), c.Values, x, dz, dx, gradient, add, width);
}
