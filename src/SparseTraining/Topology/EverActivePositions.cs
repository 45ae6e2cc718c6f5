using SparseTraining.Randomness;

namespace SparseTraining.Topology;

/// <summary>The positions of a layer that have been links at some time, in one mask or another.</summary>
/// <remarks>
/// A row is an ascending list of columns until that would take more room than a bit for every column. So memory follows
/// what has been active, and never exceeds a bit a position by more than a list's unused tail. Above a limit of
/// positions, only some rows, drawn at random, are kept.
/// </remarks>
internal sealed class EverActivePositions
{
    private const int BitsPerWord = 32;
    private readonly int _columns;
    private readonly int[] _trackedRows;
    private readonly int[][] _sets;
    private readonly int[] _counts;
    private readonly bool[] _isBitmap;
    private int[] _row = [];
    private int[] _merged = [];

    /// <summary>Begins with no position.</summary>
    /// <param name="rows">Output neurons.</param>
    /// <param name="columns">Input neurons.</param>
    /// <param name="positionLimit">The most positions to keep track of; at least one row is.</param>
    /// <param name="random">Chooses the rows where not all are kept.</param>
    public EverActivePositions(int rows, int columns, long positionLimit, RandomGenerator random)
    {
        _columns = columns;
        int tracked = (int)Math.Clamp(positionLimit / columns, 1, rows);
        IsSampled = tracked < rows;
        int[] all = [.. Enumerable.Range(0, rows)];
        if (IsSampled)
        {
            random.Shuffle(all.AsSpan());
        }

        _trackedRows = all[..tracked];
        _sets = new int[tracked][];
        Array.Fill(_sets, []);
        _counts = new int[tracked];
        _isBitmap = new bool[tracked];
    }

    /// <summary>Whether only some rows are kept.</summary>
    public bool IsSampled { get; }

    /// <summary>The share of the positions (of the rows that are kept) that have been links.</summary>
    public double Share => _counts.Sum(count => (double)count) / _columns / _trackedRows.Length;

    /// <summary>Bytes of lists and bits.</summary>
    public long Bytes => _sets.Sum(set => sizeof(int) * (long)set.Length);

    /// <summary>Adds all links of a mask, in O(links + positions on lists).</summary>
    /// <exception cref="ArgumentException">The mask has another shape.</exception>
    public void Add(WeightMask mask)
    {
        if (mask.Columns != _columns || (IsSampled ? mask.Rows < _trackedRows.Length : mask.Rows != _trackedRows.Length))
        {
            throw new ArgumentException($"A mask of {mask.Rows} × {mask.Columns} cannot follow on one of another shape.", nameof(mask));
        }

        for (int i = 0; i < _trackedRows.Length; i++)
        {
            int links = mask.RowLinkCount(_trackedRows[i]);
            if (_row.Length < links)
            {
                _row = new int[Math.Max(links, 2 * _row.Length)];
            }

            mask.CopyColumns(_trackedRows[i], _row);
            AddRow(i, _row.AsSpan(0, links));
        }
    }

    private void AddRow(int index, ReadOnlySpan<int> columns)
    {
        if (!_isBitmap[index])
        {
            Merge(index, columns);
            if (_counts[index] > (_columns + BitsPerWord - 1) / BitsPerWord)
            {
                MakeBitmap(index);
            }

            return;
        }

        foreach (int column in columns)
        {
            _counts[index] += Set(_sets[index], column);
        }
    }

    /// <summary>Merges two ascending lists, each column once.</summary>
    private void Merge(int index, ReadOnlySpan<int> columns)
    {
        ReadOnlySpan<int> old = _sets[index];
        if (_merged.Length < old.Length + columns.Length)
        {
            _merged = new int[Math.Max(old.Length + columns.Length, 2 * _merged.Length)];
        }

        int count = 0;
        int i = 0;
        foreach (int column in columns)
        {
            while (i < old.Length && old[i] < column)
            {
                _merged[count++] = old[i++];
            }

            i += i < old.Length && old[i] == column ? 1 : 0;
            _merged[count++] = column;
        }

        int left = old.Length - i;
        old[i..].CopyTo(_merged.AsSpan(count));
        count += left;
        if (count > old.Length)
        {
            _sets[index] = _merged[..count];
            _counts[index] = count;
        }
    }

    private void MakeBitmap(int index)
    {
        var words = new int[(_columns + BitsPerWord - 1) / BitsPerWord];
        foreach (int column in _sets[index])
        {
            Set(words, column);
        }

        _sets[index] = words;
        _isBitmap[index] = true;
    }

    /// <summary>Sets a bit; 1 where it was not set before, otherwise 0.</summary>
    private static int Set(int[] words, int column)
    {
        ref int word = ref words[column / BitsPerWord];
        int isNew = (~word >> (column % BitsPerWord)) & 1;
        word |= 1 << (column % BitsPerWord);
        return isNew;
    }
}
