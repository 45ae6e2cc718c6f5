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

    /// <summary>Products that round to −0 add up to 0, as in the walk by columns and in dense layers.</summary>
    [Fact]
    public void Sums_of_next_to_nothing_are_zero_and_not_minus_zero()
    {
        foreach (int width in new[] { 1, 4, 16 })
        {
            var c = new SparseCase(13, 11, 0.7, width);
            Array.Fill(c.X, 1e-30f);
            Array.Fill(c.Dz, -1e-30f);
            var gradient = new float[c.Mask.LinkCount];
            gradient.AsSpan().Fill(float.NaN);
            Walk(c, c.X, c.Dz, [], gradient, add: false, width);
            Floats.AssertSameBits(new float[gradient.Length], gradient);
        }
    }

    private static void Walk(SparseCase c, ReadOnlySpan<float> x, ReadOnlySpan<float> dz, Span<float> dx, Span<float> gradient, bool add, int width) =>
        RowWalk.Run(c.Mask.RowPointers, c.Mask.NarrowColumns, c.Values, x, dz, dx, gradient, add, width);
}
