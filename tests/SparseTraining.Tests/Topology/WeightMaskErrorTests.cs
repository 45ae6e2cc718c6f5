using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class WeightMaskErrorTests
{
    private readonly WeightMask _mask = WeightMask.FromLinks(2, 3, [new(0, 1), new(1, 2)]);

    public static TheoryData<string, Func<object>, string> BadInput => new()
    {
        { "no rows", () => WeightMask.Empty(0, 3), "[1, 2147483590]" },
        { "no columns", () => WeightMask.FromLinks(3, 0, []), "[1, 2147483590]" },
        { "too many rows", () => WeightMask.Empty(int.MaxValue, 3), "[1, 2147483590]" },
        {
            "link outside rows",
            () => WeightMask.FromLinks(2, 3, [new(2, 0)]),
            "Link { Row = 2, Column = 0 } is outside"
        },
        {
            "link outside columns",
            () => WeightMask.FromLinks(2, 3, [new(0, -1)]),
            "outside a mask of 2 rows and 3 columns"
        },
        {
            "duplicate",
            () => WeightMask.FromLinks(2, 3, [new(1, 2), new(0, 1), new(1, 2)]),
            "Row = 1, Column = 2 } occurs more"
        },
        { "dense length", () => WeightMask.FromDense(2, 3, new float[5]), "has 5 elements; 2 × 3 needs 6" },
        { "dense value", () => WeightMask.FromDense(2, 3, [0, 0, 0, 1, 2, 0]), "Row 1, column 1 is 2;" },
        { "dense NaN", () => WeightMask.FromDense(1, 1, [float.NaN]), "only 0 and 1" },
        { "threshold below 0", () => WeightMask.FromThreshold(1, 1, [1], -1), "at least 0" },
        { "threshold NaN", () => WeightMask.FromThreshold(1, 1, [1], float.NaN), "at least 0" },
        { "weight NaN", () => WeightMask.FromThreshold(1, 2, [1, float.NaN], 0), "Row 0, column 1 is NaN" },
        { "threshold length", () => WeightMask.FromThreshold(1, 2, [1], 0), "needs 2" },
        { "pointer count", () => WeightMask.FromCsr(2, 3, [0, 1], [1]), "2 row pointers; 2 rows need 3" },
        { "first pointer", () => WeightMask.FromCsr(2, 3, [1, 1, 1], [1]), "go from 1 to 1" },
        { "last pointer", () => WeightMask.FromCsr(2, 3, [0, 1, 2], [1]), "number of columns given, 1" },
        { "falling pointer", () => WeightMask.FromCsr(3, 3, [0, 2, 1, 2], [0, 1]), "Row pointer 2 is 1, less than 2" },
        { "columns unsorted", () => WeightMask.FromCsr(2, 3, [0, 2, 2], [1, 0]), "Row 0 has column 0 after 1" },
        { "columns twice", () => WeightMask.FromCsr(2, 3, [0, 0, 2], [1, 1]), "Row 1 has column 1 after 1" },
        { "column too large", () => WeightMask.FromCsr(1, 3, [0, 1], [3]), "within [0, 2]" },
        { "column negative", () => WeightMask.FromCsr(1, 3, [0, 1], [-1]), "within [0, 2]" },
        { "pointers without rows", () => WeightMask.FromCsr(0, 3, [0], []), "[1, 2147483590]" },
        { "full without columns", () => WeightMask.Full(3, 0), "[1, 2147483590]" },
        { "dense without rows", () => WeightMask.FromDense(0, 3, []), "[1, 2147483590]" },
        { "common of nothing", () => WeightMask.Full(1, 2).CountCommon(null!), "other" },
        { "common of another shape", () => WeightMask.Full(1, 2).CountCommon(WeightMask.Full(2, 2)), "A mask of 2 × 2 has no position in common with one of 1 × 2" },
        { "full too large", () => WeightMask.Full(100_000, 100_000), "more than the 2147483591 links" },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = true)]
    public void Bad_input_is_explained(string what, Func<object> make, string message)
    {
        Exception error = Assert.ThrowsAny<ArgumentException>(make);
        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 3)]
    public void Positions_outside_are_rejected(int row, int column)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _mask.Contains(row, column));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _mask.IndexOf(row, column));
        Assert.Contains(error.ParamName == "row" ? "[0, 1]" : "[0, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_and_links_outside_are_rejected()
    {
        Assert.Contains(
            "[0, 1]",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mask.RowLinkCount(2)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "[0, 1]",
            Assert.Throws<ArgumentOutOfRangeException>(() => _mask.ColumnOf(2)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _mask.ColumnOf(-1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => WeightMask.Empty(1, 1).ColumnOf(0));
        Assert.Contains("no links", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _mask.CopyColumns(-1, new int[3]));
        var tooShort = Assert.Throws<ArgumentException>(() => _mask.CopyColumns(1, []));
        Assert.Contains("Row 1 has 1 links", tooShort.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_rejects_lengths_and_shifted_overlap_and_writes_nothing()
    {
        float[] memory = [1, 2, 3, 4, 5, 6, 7];
        AssertMessage("has 7 elements; 2 × 3 needs 6", () => _mask.Apply(memory, memory));
        AssertMessage("the product needs 6", () => _mask.Apply(memory.AsSpan(0, 6), memory.AsSpan(0, 5)));
        AssertMessage("must start at the same place", () => _mask.Apply(memory.AsSpan(0, 6), memory.AsSpan(1)));
        AssertMessage("must start at the same place", () => _mask.Apply(memory.AsSpan(1, 6), memory));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], memory);
    }

    [Fact]
    public void Union_rejects_other_shapes_and_common_links()
    {
        AssertMessage("3 × 2 cannot be joined with one of 2 × 3", () => _mask.Union(WeightMask.Empty(3, 2)));
        AssertMessage(
            "Row = 1, Column = 2 } is in both", () => _mask.Union(WeightMask.FromLinks(2, 3, [new(0, 0), new(1, 2)])));
    }

    [Fact]
    public void Where_needs_a_flag_per_link() => AssertMessage("3 flags for 2 links", () => _mask.Where(new bool[3]));

    [Fact]
    public void Dense_matrix_that_no_array_can_hold_is_rejected()
    {
        var error = Assert.Throws<InvalidOperationException>(() => WeightMask.Empty(100_000, 100_000).ToDense());
        Assert.Contains("10000000000 elements", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_and_links_must_be_there()
    {
        Assert.Throws<ArgumentNullException>("links", () => WeightMask.FromLinks(1, 1, null!));
        Assert.Throws<ArgumentNullException>("other", () => _mask.Union(null!));
    }

    private static void AssertMessage(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
