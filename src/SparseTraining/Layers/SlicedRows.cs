using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>The arrays of <see cref="SlicedLinks"/> for some columns of a mask.</summary>
internal sealed class SlicedRows
{
    /// <summary>
    /// Rows that are sorted by length together, σ of SELL-C-σ, so that a product can be had of any such group alone. With all rows
    /// in one a slice is hardly more even: 2 % less time.
    /// </summary>
    public const int GroupRows = 128;

    private readonly int[] _rows;
    private readonly int[] _commonStarts;
    private readonly int[] _tailStarts;
    private readonly int[] _tailEnds;
    private readonly ushort[] _narrowColumns = [];
    private readonly int[] _wideColumns = [];

    /// <summary>Arranges links.</summary>
    /// <param name="mask">All links.</param>
    /// <param name="starts">For each row its first link to take.</param>
    /// <param name="ends">For each row one past its last link to take.</param>
    /// <param name="links">Receives, entry by entry, the number that the link has in the mask.</param>
    public SlicedRows(WeightMask mask, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, out int[] links)
    {
        _rows = RowsByLength(starts, ends);
        int slices = (_rows.Length + SlicedLinks.Height - 1) / SlicedLinks.Height;
        _commonStarts = new int[slices];
        _tailStarts = new int[slices];
        _tailEnds = new int[_rows.Length];
        int count = 0;
        for (int row = 0; row < _rows.Length; row++)
        {
            count += ends[row] - starts[row];
        }

        links = new int[count];
        for (int slice = 0, entry = 0; slice < slices; slice++)
        {
            ReadOnlySpan<int> rows = _rows.AsSpan(slice * SlicedLinks.Height);
            rows = rows[..Math.Min(SlicedLinks.Height, rows.Length)];
            int common = rows.Length == SlicedLinks.Height ? ends[rows[^1]] - starts[rows[^1]] : 0;
            _commonStarts[slice] = entry;
            for (int k = 0; k < common; k++)
            {
                foreach (int row in rows)
                {
                    links[entry++] = starts[row] + k;
                }
            }

            _tailStarts[slice] = entry;
            for (int i = 0; i < rows.Length; i++)
            {
                for (int link = starts[rows[i]] + common; link < ends[rows[i]]; link++)
                {
                    links[entry++] = link;
                }

                _tailEnds[slice * SlicedLinks.Height + i] = entry;
            }
        }

        if (mask.HasNarrowColumns)
        {
            _narrowColumns = new ushort[count];
            Permutation.Gather(mask.NarrowColumns, links, _narrowColumns);
        }
        else
        {
            _wideColumns = new int[count];
            Permutation.Gather(mask.WideColumns, links, _wideColumns);
        }
    }

    /// <summary>Links in all.</summary>
    public int Count => _narrowColumns.Length + _wideColumns.Length;

    /// <summary>Bytes of the arrays.</summary>
    public long Bytes =>
        sizeof(ushort) * _narrowColumns.LongLength
        + sizeof(int) * (_rows.LongLength + _commonStarts.LongLength + _tailStarts.LongLength + _tailEnds.LongLength + _wideColumns.LongLength);

    /// <summary>What a kernel goes through.</summary>
    /// <param name="firstRow">The first row, the first of a group.</param>
    /// <param name="rowCount">How many rows: whole groups, except for the last one.</param>
    public SlicedLinks Links(int firstRow, int rowCount)
    {
        int firstSlice = firstRow / SlicedLinks.Height;
        int slices = (rowCount + SlicedLinks.Height - 1) / SlicedLinks.Height;
        return new SlicedLinks(
            firstRow,
            _rows.AsSpan(firstRow, rowCount),
            _commonStarts.AsSpan(firstSlice, slices),
            _tailStarts.AsSpan(firstSlice, slices),
            _tailEnds.AsSpan(firstRow, rowCount),
            new IndexSpan(_narrowColumns, _wideColumns));
    }

    /// <summary>The input of an entry.</summary>
    public int ColumnOf(int entry) => _wideColumns.Length > 0 ? _wideColumns[entry] : _narrowColumns[entry];

    /// <summary>All entries with their rows, those of a row in the order of its links.</summary>
    public IEnumerable<(int Row, int Entry)> Entries()
    {
        for (int position = 0, tail = 0; position < _rows.Length; position++)
        {
            (int slice, int lane) = Math.DivRem(position, SlicedLinks.Height);
            for (int entry = _commonStarts[slice] + lane; entry < _tailStarts[slice]; entry += SlicedLinks.Height)
            {
                yield return (_rows[position], entry);
            }

            for (tail = lane == 0 ? _tailStarts[slice] : tail; tail < _tailEnds[position]; tail++)
            {
                yield return (_rows[position], tail);
            }
        }
    }

    /// <summary>The rows of each group by their number of links, the most first, so that a slice which is not whole holds few; equal ones in their order.</summary>
    private static int[] RowsByLength(ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        // Sorting keeps no order among equals; the row as the lower half of the key does.
        var keys = new long[starts.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = ((long)(starts[row] - ends[row]) << 32) | (uint)row;
        }

        for (int first = 0; first < keys.Length; first += GroupRows)
        {
            Array.Sort(keys, first, Math.Min(GroupRows, keys.Length - first));
        }

        return Array.ConvertAll(keys, key => (int)key);
    }
}
