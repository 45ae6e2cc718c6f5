using System.Diagnostics;
using System.Numerics;

namespace SparseTraining.Topology;

/// <summary>
/// Turns ascending ranks of free positions into a mask. The free position of rank k in a row lies in column
/// k + (excluded columns up to it), so one walk over the excluded links finds them all.
/// </summary>
/// <typeparam name="T">The type that both masks store columns in.</typeparam>
internal ref struct FreePositionWriter<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly WeightMask _excluded;
    private readonly ReadOnlySpan<int> _excludedPointers;
    private readonly ReadOnlySpan<T> _excludedColumns;
    private readonly int[] _rowPointers;
    private readonly T[] _columns;
    private int _row;
    private long _firstRank;
    private long _nextRowRank;
    private int _firstExcluded;
    private int _nextExcluded;
    private int _count;

    /// <summary>Starts at the first free position.</summary>
    /// <param name="excluded">The positions that are not free.</param>
    /// <param name="count">How many ranks will be added.</param>
    public FreePositionWriter(WeightMask excluded, int count)
    {
        _excluded = excluded;
        _excludedPointers = excluded.RowPointers;
        _excludedColumns = excluded.ColumnIndices<T>();
        _rowPointers = new int[excluded.Rows + 1];
        _columns = new T[count];
        _nextRowRank = excluded.Columns - _excludedPointers[1];
    }

    /// <summary>Adds one position.</summary>
    /// <param name="rank">Its number among the free positions, above the one before.</param>
    public void Add(long rank)
    {
        while (rank >= _nextRowRank)
        {
            StartNextRow();
        }

        int column = (int)(rank - _firstRank) + _nextExcluded - _firstExcluded;
        int end = _excludedPointers[_row + 1];
        while (_nextExcluded < end && int.CreateTruncating(_excludedColumns[_nextExcluded]) <= column)
        {
            _nextExcluded++;
            column++;
        }

        _columns[_count++] = T.CreateTruncating(column);
    }

    /// <summary>Ends the mask.</summary>
    /// <returns>All positions that were added.</returns>
    public readonly WeightMask Finish()
    {
        Debug.Assert(_count == _columns.Length, "Fewer ranks were added than announced.");
        _rowPointers.AsSpan(_row + 1).Fill(_count);
        return WeightMask.FromTrusted(_excluded.Rows, _excluded.Columns, _rowPointers, _columns);
    }

    private void StartNextRow()
    {
        _row++;
        _rowPointers[_row] = _count;
        _firstRank = _nextRowRank;
        _firstExcluded = _excludedPointers[_row];
        _nextExcluded = _firstExcluded;
        _nextRowRank += _excluded.Columns - (_excludedPointers[_row + 1] - _firstExcluded);
    }
}
