using CsCheck;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

/// <summary>A shape and distinct links in random order: what masks are made from, and their oracle.</summary>
public sealed record MaskCase(int Rows, int Columns, Link[] Links)
{
    // 65536 is the last width with 16-bit columns.
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 65536, 65537];

    private static readonly Gen<int> Size = Gen.Int[0, Sizes.Length - 1].Select(i => Sizes[i]);

    public static Gen<MaskCase> Any { get; } = Cases(Size, Size);

    public static Gen<MaskCase> Small { get; } = Cases(Gen.Int[1, 9], Gen.Int[1, 9]);

    public SortedSet<Link> Sorted { get; } = new(Links, LinkOrder);

    public static Comparer<Link> LinkOrder { get; } =
        Comparer<Link>.Create((a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));

    public WeightMask ToMask() => WeightMask.FromLinks(Rows, Columns, Links);

    private static Gen<MaskCase> Cases(Gen<int> rows, Gen<int> columns) =>
        Gen.Select(rows, columns).SelectMany((r, c) =>
            Gen.Select(Gen.Int[0, r - 1], Gen.Int[0, c - 1], (row, column) => new Link(row, column))
                .Array[0, 60]
                .Select(links => new MaskCase(r, c, [.. links.Distinct()])));
}
