using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>The arrays of <see cref="SlicedLinks"/> for some columns of a mask.</summary>
internal sealed class SlicedRows
{
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
            _narrowColumns = Gathered(mask.NarrowColumns, links);
        }
        else
        {
            _wideColumns = Gathered(mask.WideColumns, links);
        }
    }

    /// <summary>Links in all.</summary>
    public int Count => _narrowColumns.Length + _wideColumns.Length;

    /// <summary>Adds each row's number of links.</summary>
    public void AddCounts(Span<int> counts)
    {
        for (int position = 0; position < _rows.Length; position++)
        {
            int slice = position / SlicedLinks.Height;
            int tailStart = position % SlicedLinks.Height == 0 ? _tailStarts[slice] : _tailEnds[position - 1];
            counts[_rows[position]] += (_tailStarts[slice] - _commonStarts[slice]) / SlicedLinks.Height + _tailEnds[position] - tailStart;
        }
    }

    /// <summary>Bytes of the arrays.</summary>
    public long Bytes =>
        sizeof(ushort) * _narrowColumns.LongLength
        + sizeof(int) * (_rows.LongLength + _commonStarts.LongLength + _tailStarts.LongLength + _tailEnds.LongLength + _wideColumns.LongLength);

    /// <summary>What a kernel goes through.</summary>
    public SlicedLinks Links => new(_rows, _commonStarts, _tailStarts, _tailEnds, new IndexSpan(_narrowColumns, _wideColumns));

    /// <summary>Writes each row's links where they belong when rows lie one after another, columns in rising order.</summary>
    /// <param name="values">The weights, entry by entry.</param>
    /// <param name="next">For each row the place of its next link; moved on.</param>
    /// <param name="columns">Receives the columns.</param>
    /// <param name="linkValues">Receives the weights.</param>
    public void CopyTo(ReadOnlySpan<float> values, Span<int> next, Span<int> columns, Span<float> linkValues)
    {
        for (int position = 0, tail = 0; position < _rows.Length; position++)
        {
            (int slice, int lane) = Math.DivRem(position, SlicedLinks.Height);
            for (int entry = _commonStarts[slice] + lane; entry < _tailStarts[slice]; entry += SlicedLinks.Height)
            {
                Copy(entry, values, ref next[_rows[position]], columns, linkValues);
            }

            for (tail = lane == 0 ? _tailStarts[slice] : tail; tail < _tailEnds[position]; tail++)
            {
                Copy(tail, values, ref next[_rows[position]], columns, linkValues);
            }
        }
    }

    private void Copy(int entry, ReadOnlySpan<float> values, ref int link, Span<int> columns, Span<float> linkValues)
    {
        columns[link] = _wideColumns.Length > 0 ? _wideColumns[entry] : _narrowColumns[entry];
        linkValues[link++] = values[entry];
    }

    private static T[] Gathered<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices)
    {
        var gathered = new T[indices.Length];
        for (int i = 0; i < gathered.Length; i++)
        {
            gathered[i] = values[indices[i]];
        }

        return gathered;
    }

    /// <summary>The rows by their number of links, the most first, so that a slice which is not whole holds few; equal ones in their order.</summary>
    private static int[] RowsByLength(ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        // Sorting keeps no order among equals; the row as the lower half of the key does.
        var keys = new long[starts.Length];
        for (int row = 0; row < keys.Length; row++)
        {
            keys[row] = ((long)(starts[row] - ends[row]) << 32) | (uint)row;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)key);
    }
}
