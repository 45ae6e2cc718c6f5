using CsCheck;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class WeightMaskTests
{
    [Fact]
    public void Mask_of_links_holds_exactly_these_links_in_order() => MaskCase.Any.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        Assert.Equal(c.Sorted, mask);
        Assert.Equal((c.Rows, c.Columns, c.Links.Length), (mask.Rows, mask.Columns, mask.LinkCount));
        Assert.Equal((long)c.Rows * c.Columns, mask.PositionCount);
        Assert.Equal((double)c.Links.Length / c.Rows / c.Columns, mask.Density, 12);
    });

    [Fact]
    public void Columns_are_stored_once_and_in_16_bits_where_they_fit() => MaskCase.Any.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        Assert.Equal(c.Columns <= 65536, mask.HasNarrowColumns);
        int[] expected = [.. c.Sorted.Select(link => link.Column)];
        if (mask.HasNarrowColumns)
        {
            Assert.Equal(expected, mask.NarrowColumns.ToArray().Select(column => (int)column));
            Assert.True(mask.WideColumns.IsEmpty);
        }
        else
        {
            Assert.Equal(expected, mask.WideColumns.ToArray());
            Assert.True(mask.NarrowColumns.IsEmpty);
        }
    });

    [Fact]
    public void Row_pointers_and_row_columns_agree_with_the_links() => MaskCase.Small.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        for (int row = 0; row < c.Rows; row++)
        {
            int[] expected = [.. c.Sorted.Where(link => link.Row == row).Select(link => link.Column)];
            int[] actual = new int[expected.Length];
            mask.CopyColumns(row, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(expected.Length, mask.RowLinkCount(row));
            Assert.Equal(c.Sorted.Count(link => link.Row < row), mask.RowPointers[row]);
        }

        Assert.Equal(c.Links.Length, mask.RowPointers[^1]);
    });

    [Fact]
    public void Every_position_is_found_or_not_as_it_should_be() => MaskCase.Small.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        Link[] sorted = [.. c.Sorted];
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Columns; column++)
            {
                int expected = Array.IndexOf(sorted, new Link(row, column));
                Assert.Equal(expected, mask.IndexOf(row, column));
                Assert.Equal(expected >= 0, mask.Contains(row, column));
            }
        }
    });

    [Fact]
    public void Links_are_found_and_named_in_wide_layers() => MaskCase.Any.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        int index = 0;
        foreach (Link link in c.Sorted)
        {
            Assert.Equal(index, mask.IndexOf(link.Row, link.Column));
            Assert.Equal(link.Column, mask.ColumnOf(index++));
        }
    });

    [Fact]
    public void Dense_matrix_and_back_gives_the_same_mask() => MaskCase.Small.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        float[] dense = mask.ToDense();
        Assert.Equal(c.Links.Length, dense.Count(value => value == 1));
        Assert.All(c.Links, link => Assert.Equal(1, dense[(link.Row * c.Columns) + link.Column]));
        Assert.Equal(mask, WeightMask.FromDense(c.Rows, c.Columns, dense));
    });

    [Fact]
    public void Compressed_rows_and_back_give_the_same_mask() => MaskCase.Any.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        int[] columns = [.. mask.Select(link => link.Column)];
        WeightMask copy = WeightMask.FromCsr(c.Rows, c.Columns, mask.RowPointers, columns);
        Array.Clear(columns);
        Assert.Equal(mask, copy);
        Assert.Equal(mask.GetHashCode(), copy.GetHashCode());
    });

    [Fact]
    public void Union_of_two_parts_is_the_whole() => Gen.Select(MaskCase.Any, Gen.Bool.Array[60]).Sample((c, flags) =>
    {
        WeightMask whole = c.ToMask();
        bool[] keep = flags[..whole.LinkCount];
        WeightMask kept = whole.Where(keep);
        WeightMask rest = whole.Where([.. keep.Select(flag => !flag)]);
        Assert.Equal(whole.Where((_, i) => keep[i]), kept);
        Assert.Equal(whole.LinkCount, kept.LinkCount + rest.LinkCount);
        Assert.Equal(whole, kept.Union(rest));
        Assert.Equal(whole, rest.Union(kept));
    });

    [Fact]
    public void Apply_keeps_values_at_links_and_clears_the_rest() => MaskCase.Small.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        float[] matrix = [.. Enumerable.Range(1, c.Rows * c.Columns).Select(i => i % 3 == 0 ? float.NaN : i)];
        float[] expected = [.. matrix.Select((value, i) => mask.Contains(i / c.Columns, i % c.Columns) ? value : 0)];
        float[] separate = new float[matrix.Length + 1];
        separate.AsSpan().Fill(-7);
        mask.Apply(matrix, separate);
        Assert.Equal([.. expected, -7], separate);
        mask.Apply(matrix, matrix);
        Assert.Equal(expected, matrix);
    });

    [Fact]
    public void Apply_gives_the_thesis_example()
    {
        float[] weights = [1, 4, 7, 2, 5, 8, 3, 6, 9];
        var mask = WeightMask.FromDense(3, 3, [0, 1, 0, 0, 0, 0, 1, 0, 1]);
        float[] product = new float[9];
        mask.Apply(weights, product);
        Assert.Equal([0, 4, 0, 0, 0, 0, 3, 0, 9], product);
    }

    [Fact]
    public void Threshold_keeps_magnitudes_above_it_only()
    {
        float[] weights = [0.5f, -0.5f, 0.6f, -0.6f, 0, float.NegativeInfinity];
        Assert.Equal([new(0, 2), new(1, 0), new(1, 2)], WeightMask.FromThreshold(2, 3, weights, 0.5f));
        Assert.Equal(5, WeightMask.FromThreshold(2, 3, weights, 0).LinkCount);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(2, 65537)]
    public void Full_and_empty_masks_have_all_and_no_links(int rows, int columns)
    {
        var full = WeightMask.Full(rows, columns);
        Assert.Equal(1, full.Density);
        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => new Link(i / columns, i % columns)), full);
        Assert.Empty(WeightMask.Empty(rows, columns));
        Assert.Equal(0, WeightMask.Empty(rows, columns).Density);
    }

    [Fact]
    public void Layer_of_a_million_squared_holds_links_without_its_positions()
    {
        var mask = WeightMask.FromLinks(1_000_000, 1_000_000, [new(999_999, 999_999), new(0, 0)]);
        Assert.Equal(1_000_000_000_000, mask.PositionCount);
        Assert.Equal(1, mask.IndexOf(999_999, 999_999));
    }

    [Fact]
    public void Masks_are_equal_only_with_the_same_shape_and_links()
    {
        var mask = WeightMask.FromLinks(2, 3, [new(0, 1), new(1, 2)]);
        Assert.True(mask == WeightMask.FromLinks(2, 3, [new(1, 2), new(0, 1)]));
        Assert.True(mask != WeightMask.FromLinks(2, 3, [new(0, 1), new(1, 1)]));
        Assert.True(mask != WeightMask.FromLinks(2, 3, [new(0, 1), new(0, 2)]));
        Assert.True(mask != WeightMask.FromLinks(2, 4, [new(0, 1), new(1, 2)]));
        Assert.True(mask != WeightMask.FromLinks(3, 3, [new(0, 1), new(1, 2)]));
        Assert.False(mask == null);
        Assert.False(mask.Equals(new object()));
        Assert.True((WeightMask?)null == null);
    }

    [Fact]
    public void Enumerator_starts_again_after_reset()
    {
        WeightMask.Enumerator links = WeightMask.FromLinks(3, 3, [new(0, 1), new(2, 2)]).GetEnumerator();
        Assert.True(links.MoveNext() && links.MoveNext());
        Assert.Equal(new Link(2, 2), links.Current);
        Assert.False(links.MoveNext());
        links.Reset();
        Assert.True(links.MoveNext());
        Assert.Equal(new Link(0, 1), links.Current);
    }

    [Fact]
    public void Text_tells_shape_links_and_density() =>
        Assert.Equal("2 × 4, 1 links, density 0.125", WeightMask.FromLinks(2, 4, [new(1, 3)]).ToString());

    [Theory]
    [InlineData(9, 14, 40)]
    [InlineData(4, 70_000, 100_000)]
    public void Common_links_are_those_that_both_masks_have(int rows, int columns, int links)
    {
        var random = new RandomGenerator(6);
        WeightMask one = ErdosRenyiInitializer.Create(columns, rows, links, random);
        WeightMask other = ErdosRenyiInitializer.Create(columns, rows, links / 2, random);
        Assert.Equal(one.Intersect(other).Count(), one.CountCommon(other));
        Assert.Equal(one.CountCommon(other), other.CountCommon(one));
        Assert.Equal(links, one.CountCommon(one));
        Assert.Equal(0, one.CountCommon(WeightMask.Empty(rows, columns)));
        Assert.Throws<ArgumentException>(() => one.CountCommon(WeightMask.Empty(rows + 1, columns)));
    }

    [Fact]
    public void Index_takes_4_bytes_a_row_and_2_or_4_a_link() => MaskCase.Any.Sample(c =>
        Assert.Equal((4L * (c.Rows + 1)) + (c.Links.Length * (c.Columns <= 65536 ? 2L : 4)), c.ToMask().IndexBytes));

    [Fact]
    public void Hash_codes_tell_masks_apart()
    {
        WeightMask[] masks =
        [
            WeightMask.Empty(1, 8), WeightMask.Empty(8, 1), WeightMask.Empty(2, 8), WeightMask.Full(1, 8), WeightMask.Full(8, 1),
            .. Enumerable.Range(0, 8).Select(column => WeightMask.FromLinks(1, 8, [new(0, column)])),
            .. Enumerable.Range(10, 40).Select(first => WeightMask.FromLinks(1, 100, Enumerable.Range(first, 40).Select(column => new Link(0, column)))),
        ];
        Assert.Equal(masks.Length, masks.Select(mask => mask.GetHashCode()).Distinct().Count());
    }

    [Fact]
    public void Links_can_be_gone_through_as_objects()
    {
        System.Collections.IEnumerator links = ((System.Collections.IEnumerable)WeightMask.FromLinks(2, 2, [new(1, 0)])).GetEnumerator();
        Assert.True(links.MoveNext());
        Assert.Equal(new Link(1, 0), links.Current);
        Assert.False(links.MoveNext());
    }
}
