using CsCheck;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class TransposedIndexTests
{
    [Fact]
    public void Entries_are_the_links_ordered_by_column_then_row() => MaskCase.Any.Sample(c =>
    {
        WeightMask mask = c.ToMask();
        var transposed = new TransposedIndex(mask);
        (Link Link, int Index)[] expected =
        [
            .. mask.Select((link, i) => (link, i)).OrderBy(entry => entry.link.Column).ThenBy(entry => entry.link.Row),
        ];
        Assert.Equal(expected.Select(entry => entry.Index), transposed.LinkIndices);
        Assert.Equal(c.Rows <= 65536, transposed.HasNarrowRows);
        int[] narrow = [.. transposed.NarrowRows.ToArray().Select(row => (int)row)];
        Assert.Equal(
            expected.Select(entry => entry.Link.Row),
            transposed.HasNarrowRows ? narrow : transposed.WideRows.ToArray());
        Assert.Equal(0, transposed.HasNarrowRows ? transposed.WideRows.Length : narrow.Length);
    });

    [Fact]
    public void Column_pointers_count_the_links_before_each_column() => MaskCase.Small.Sample(c =>
        Assert.Equal(
            Enumerable.Range(0, c.Columns + 1).Select(column => c.Links.Count(link => link.Column < column)),
            new TransposedIndex(c.ToMask()).ColumnPointers));

    [Fact]
    public void Its_size_and_its_longest_column_are_known() => MaskCase.Any.Sample(c =>
    {
        var transposed = new TransposedIndex(c.ToMask());
        Assert.Equal(c.Links.GroupBy(link => link.Column).Select(column => column.Count()).DefaultIfEmpty().Max(), transposed.LongestColumn);
        Assert.Equal((4L * (c.Columns + 1)) + (c.Links.Length * (4L + (c.Rows <= 65536 ? 2 : 4))), transposed.Bytes);
    });

    [Fact]
    public void It_needs_a_mask() => Assert.Throws<ArgumentNullException>("mask", () => new TransposedIndex(null!));
}
