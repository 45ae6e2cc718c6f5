using System.Collections;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SparseTraining.Topology;

/// <summary>
/// The support of a sparse weight matrix: which links exist between the input neurons (columns) and the output neurons
/// (rows) of a layer. It holds no values and never changes.
/// </summary>
/// <remarks>
/// Stored as compressed sparse rows: the links of row r are numbers RowPointers[r] to RowPointers[r + 1] − 1, their
/// columns strictly ascending. Memory is O(rows + links), never O(rows · columns); a column index takes 2 bytes where
/// the layer has at most 65,536 inputs, otherwise 4.
/// </remarks>
public sealed partial class WeightMask : IEnumerable<Link>, IEquatable<WeightMask>
{
    /// <summary>The largest layer width whose column indices fit in 16 bits.</summary>
    internal const int NarrowLimit = 65536;

    private readonly int[] _rowPointers;
    private readonly ushort[] _narrowColumns;
    private readonly int[] _wideColumns;

    private WeightMask(int rows, int columns, int[] rowPointers, ushort[] narrowColumns, int[] wideColumns)
    {
        Rows = rows;
        Columns = columns;
        _rowPointers = rowPointers;
        _narrowColumns = narrowColumns;
        _wideColumns = wideColumns;
        AssertInvariants();
    }

    /// <summary>Output neurons.</summary>
    public int Rows { get; }

    /// <summary>Input neurons.</summary>
    public int Columns { get; }

    /// <summary>Links that exist.</summary>
    public int LinkCount => _rowPointers[Rows];

    /// <summary>Positions where a link could be: rows · columns.</summary>
    public long PositionCount => (long)Rows * Columns;

    /// <summary>The share of the positions that are links, in [0, 1].</summary>
    public double Density => (double)LinkCount / PositionCount;

    /// <summary>Where each row's links start; <see cref="Rows"/> + 1 numbers, the last one is the link count.</summary>
    public ReadOnlySpan<int> RowPointers => _rowPointers;

    /// <summary>
    /// Whether the columns are stored in 16 bits; exactly one of the two column spans is then in use.
    /// </summary>
    internal bool HasNarrowColumns => Columns <= NarrowLimit;

    /// <summary>Bytes of row pointers and column indices.</summary>
    internal long IndexBytes =>
        sizeof(int) * ((long)_rowPointers.Length + _wideColumns.Length) + sizeof(ushort) * (long)_narrowColumns.Length;

    internal ReadOnlySpan<ushort> NarrowColumns => _narrowColumns;

    internal ReadOnlySpan<int> WideColumns => _wideColumns;

    /// <summary>Tells whether two masks have the same links.</summary>
    /// <param name="left">One mask.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(WeightMask? left, WeightMask? right) => left?.Equals(right) ?? right is null;

    /// <summary>Tells whether two masks differ in shape or links.</summary>
    /// <param name="left">One mask.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(WeightMask? left, WeightMask? right) => !(left == right);

    /// <summary>Tells whether a position is a link, in O(log links of the row).</summary>
    /// <param name="row">The output neuron.</param>
    /// <param name="column">The input neuron.</param>
    /// <returns>Whether it is a link.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public bool Contains(int row, int column) => IndexOf(row, column) >= 0;

    /// <summary>Finds the number of a link, in O(log links of the row).</summary>
    /// <param name="row">The output neuron.</param>
    /// <param name="column">The input neuron.</param>
    /// <returns>The number, from 0 in the order of rows and columns, or −1 where the position is not a link.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public int IndexOf(int row, int column)
    {
        ThrowIfNotRow(row);
        ThrowIfOutside(column, Columns, nameof(column));
        int start = _rowPointers[row];
        int length = _rowPointers[row + 1] - start;
        int found = HasNarrowColumns
            ? _narrowColumns.AsSpan(start, length).BinarySearch((ushort)column)
            : _wideColumns.AsSpan(start, length).BinarySearch(column);
        return found < 0 ? -1 : start + found;
    }

    /// <summary>The input neuron that a link comes from.</summary>
    /// <param name="link">The number of the link.</param>
    /// <returns>Its column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such link.</exception>
    public int ColumnOf(int link)
    {
        ThrowIfOutside(link, LinkCount, nameof(link));
        return HasNarrowColumns ? _narrowColumns[link] : _wideColumns[link];
    }

    /// <summary>The links into one output neuron.</summary>
    /// <param name="row">The output neuron.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int RowLinkCount(int row)
    {
        ThrowIfNotRow(row);
        return _rowPointers[row + 1] - _rowPointers[row];
    }

    /// <summary>Writes out the columns of one row, ascending.</summary>
    /// <param name="row">The output neuron.</param>
    /// <param name="destination">At least <see cref="RowLinkCount"/> elements; the rest stays as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyColumns(int row, Span<int> destination)
    {
        int count = RowLinkCount(row);
        if (destination.Length < count)
        {
            throw new ArgumentException(
                $"Row {row} has {count} links, which do not fit into {destination.Length} elements.",
                nameof(destination));
        }

        for (int i = 0, link = _rowPointers[row]; i < count; i++, link++)
        {
            destination[i] = HasNarrowColumns ? _narrowColumns[link] : _wideColumns[link];
        }
    }

    /// <summary>Tells whether another mask has the same shape and the same links.</summary>
    /// <param name="other">The other mask.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(WeightMask? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Rows == other.Rows
            && Columns == other.Columns
            && RowPointers.SequenceEqual(other.RowPointers)
            && NarrowColumns.SequenceEqual(other.NarrowColumns)
            && WideColumns.SequenceEqual(other.WideColumns));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WeightMask);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A few links tell masks of one shape apart; hashing all of them would cost as much as comparing.
        var hash = new HashCode();
        hash.Add(Rows);
        hash.Add(Columns);
        hash.Add(LinkCount);
        for (int i = 0; i < 16 && i < LinkCount; i++)
        {
            hash.Add(ColumnOf((int)((long)LinkCount * i / 16)));
        }

        return hash.ToHashCode();
    }

    /// <summary>Describes the mask.</summary>
    /// <returns>Shape, links and density.</returns>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Rows} × {Columns}, {LinkCount} links, density {Density:G4}");

    /// <summary>Goes through the links, row by row, columns ascending.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Link> IEnumerable<Link>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The column indices as the type they are stored in, for code that exists once for both widths.</summary>
    /// <typeparam name="T">
    /// <see cref="ushort"/> where <see cref="HasNarrowColumns"/>, otherwise <see cref="int"/>.
    /// </typeparam>
    internal ReadOnlySpan<T> ColumnIndices<T>()
        where T : unmanaged, IBinaryInteger<T>
    {
        Debug.Assert(
            typeof(T) == (HasNarrowColumns ? typeof(ushort) : typeof(int)), "The columns have the other width.");
        return typeof(T) == typeof(ushort)
            ? MemoryMarshal.Cast<ushort, T>(_narrowColumns)
            : MemoryMarshal.Cast<int, T>(_wideColumns);
    }

    private static void ThrowIfOutside(int value, int count, string name)
    {
        if ((uint)value >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                name, value, count == 0 ? "The mask has no links." : $"The value must be in [0, {count - 1}].");
        }
    }

    private void ThrowIfNotRow(int row) => ThrowIfOutside(row, Rows, nameof(row));

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(Rows >= 1 && Columns >= 1 && _rowPointers.Length == Rows + 1, "The shape does not fit.");
        Debug.Assert(_narrowColumns.Length == (HasNarrowColumns ? LinkCount : 0), "Narrow columns do not fit.");
        Debug.Assert(_wideColumns.Length == (HasNarrowColumns ? 0 : LinkCount), "Wide columns do not fit.");
        string? fault = HasNarrowColumns
            ? FindFault<ushort>(Columns, _rowPointers, _narrowColumns)
            : FindFault<int>(Columns, _rowPointers, _wideColumns);
        Debug.Assert(fault is null, fault);
    }
}
