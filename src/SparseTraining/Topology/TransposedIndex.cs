using System.Numerics;
using System.Runtime.CompilerServices;

namespace SparseTraining.Topology;

/// <summary>
/// The links of a mask ordered by column, for passes that go from the outputs of a layer back to its inputs. Built by
/// counting in O(links + rows + columns).
/// </summary>
internal sealed class TransposedIndex
{
    private readonly ushort[] _narrowRows = [];
    private readonly int[] _wideRows = [];

    /// <summary>Orders the links of a mask by column.</summary>
    /// <param name="mask">The mask.</param>
    public TransposedIndex(WeightMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        HasNarrowRows = mask.Rows <= WeightMask.NarrowLimit;
        LinkIndices = GC.AllocateUninitializedArray<int>(mask.LinkCount);
        if (HasNarrowRows)
        {
            _narrowRows = GC.AllocateUninitializedArray<ushort>(mask.LinkCount);
            ColumnPointers = Build(mask, _narrowRows);
        }
        else
        {
            _wideRows = GC.AllocateUninitializedArray<int>(mask.LinkCount);
            ColumnPointers = Build(mask, _wideRows);
        }

        for (int column = 0; column < mask.Columns; column++)
        {
            LongestColumn = Math.Max(LongestColumn, ColumnPointers[column + 1] - ColumnPointers[column]);
        }
    }

    /// <summary>Where each column's entries start; the last number is the link count. Never written to.</summary>
    public int[] ColumnPointers { get; }

    /// <summary>The number of each entry's link in the mask. Never written to.</summary>
    public int[] LinkIndices { get; }

    /// <summary>Whether the rows are stored in 16 bits; exactly one of the two row spans is then in use.</summary>
    public bool HasNarrowRows { get; }

    /// <summary>The row of each entry, ascending within a column, where <see cref="HasNarrowRows"/>.</summary>
    public ReadOnlySpan<ushort> NarrowRows => _narrowRows;

    /// <summary>The row of each entry, ascending within a column, where not <see cref="HasNarrowRows"/>.</summary>
    public ReadOnlySpan<int> WideRows => _wideRows;

    /// <summary>The most links that leave one input.</summary>
    public int LongestColumn { get; }

    /// <summary>Bytes of the index.</summary>
    public long Bytes =>
        sizeof(int) * ((long)ColumnPointers.Length + LinkIndices.Length + _wideRows.Length) + sizeof(ushort) * (long)_narrowRows.Length;

    private int[] Build<TRow>(WeightMask mask, Span<TRow> rows)
        where TRow : unmanaged, IBinaryInteger<TRow> =>
        mask.HasNarrowColumns ? Build<TRow, ushort>(mask, rows) : Build<TRow, int>(mask, rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Build<TRow, TColumn>(WeightMask mask, Span<TRow> rows)
        where TRow : unmanaged, IBinaryInteger<TRow>
        where TColumn : unmanaged, IBinaryInteger<TColumn>
    {
        ReadOnlySpan<TColumn> columns = mask.ColumnIndices<TColumn>();
        var pointers = new int[mask.Columns + 1];
        foreach (TColumn column in columns)
        {
            pointers[int.CreateTruncating(column)]++;
        }

        // Each count becomes the end of its column. Going through the links backwards then moves it down to the start
        // and leaves the rows of a column ascending, without a second array of cursors.
        int total = 0;
        foreach (ref int pointer in pointers.AsSpan())
        {
            pointer = total += pointer;
        }

        for (int row = mask.Rows - 1; row >= 0; row--)
        {
            for (int link = mask.RowPointers[row + 1] - 1; link >= mask.RowPointers[row]; link--)
            {
                int entry = --pointers[int.CreateTruncating(columns[link])];
                rows[entry] = TRow.CreateTruncating(row);
                LinkIndices[entry] = link;
            }
        }

        return pointers;
    }
}
