using System.Numerics;
using System.Runtime.CompilerServices;

namespace SparseTraining.Topology;

public sealed partial class WeightMask
{
    /// <summary>
    /// Multiplies a dense matrix element by element with the mask (the Hadamard product): an element at a link keeps
    /// its value, every other one becomes 0, whatever it was.
    /// </summary>
    /// <param name="matrix">Row by row, exactly <see cref="PositionCount"/> elements.</param>
    /// <param name="destination">
    /// At least as many elements; may be the same memory as <paramref name="matrix"/>, but not overlap it shifted.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit, or the two overlap shifted.</exception>
    public void Apply(ReadOnlySpan<float> matrix, Span<float> destination)
    {
        ThrowIfNotMatrix(Rows, Columns, matrix.Length, nameof(matrix));
        if (destination.Length < matrix.Length)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} elements; the product needs {matrix.Length}.",
                nameof(destination));
        }

        if (matrix.Overlaps(destination, out int offset) && offset != 0)
        {
            throw new ArgumentException(
                $"The destination overlaps the matrix {offset} elements further on;"
                + " it must start at the same place or not overlap.",
                nameof(destination));
        }

        if (HasNarrowColumns)
        {
            Apply<ushort>(matrix, destination);
        }
        else
        {
            Apply<int>(matrix, destination);
        }
    }

    /// <summary>
    /// Writes the mask as a matrix of zeros and ones. This is the one place that needs rows · columns memory.
    /// </summary>
    /// <returns>Row by row, <see cref="PositionCount"/> elements: 1 where there is a link.</returns>
    /// <exception cref="InvalidOperationException">The matrix would be larger than an array can be.</exception>
    public float[] ToDense()
    {
        if (PositionCount > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"A dense matrix of {Rows} × {Columns} = {PositionCount} elements is larger than an array can be"
                + $" ({Array.MaxLength}).");
        }

        var dense = new float[PositionCount];
        foreach (Link link in this)
        {
            dense[(link.Row * Columns) + link.Column] = 1;
        }

        return dense;
    }

    /// <summary>
    /// Puts two masks of the same shape together, which may have no link in common. Takes O(rows + links).
    /// </summary>
    /// <param name="other">The other mask.</param>
    /// <returns>A mask with the links of both.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes differ, a link is in both, or there are too many links together.
    /// </exception>
    public WeightMask Union(WeightMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rows != other.Rows || Columns != other.Columns)
        {
            throw new ArgumentException(
                $"A mask of {other.Rows} × {other.Columns} cannot be joined with one of {Rows} × {Columns}.",
                nameof(other));
        }

        if ((long)LinkCount + other.LinkCount > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{LinkCount} and {other.LinkCount} links together are more"
                + $" than the {Array.MaxLength} that a mask can hold.",
                nameof(other));
        }

        return HasNarrowColumns ? Union<ushort>(other) : Union<int>(other);
    }

    /// <summary>Keeps some of the links. Takes O(rows + links).</summary>
    /// <param name="keep">One flag per link, in the order of the links.</param>
    /// <returns>A mask with the links whose flag is set.</returns>
    /// <exception cref="ArgumentException">There is not exactly one flag per link.</exception>
    public WeightMask Where(ReadOnlySpan<bool> keep)
    {
        if (keep.Length != LinkCount)
        {
            throw new ArgumentException($"There are {keep.Length} flags for {LinkCount} links.", nameof(keep));
        }

        return HasNarrowColumns ? Where<ushort>(keep) : Where<int>(keep);
    }

    /// <summary>Counts the links that another mask of the same shape has too. Takes O(rows + links).</summary>
    /// <param name="other">The other mask.</param>
    /// <returns>How many links are in both.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public int CountCommon(WeightMask other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rows != other.Rows || Columns != other.Columns)
        {
            throw new ArgumentException(
                $"A mask of {other.Rows} × {other.Columns} has no position in common with one of {Rows} × {Columns}.",
                nameof(other));
        }

        return HasNarrowColumns ? CountCommon<ushort>(other) : CountCommon<int>(other);
    }

    private void Apply<T>(ReadOnlySpan<float> matrix, Span<float> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> indices = ColumnIndices<T>();
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> source = matrix.Slice(row * Columns, Columns);
            Span<float> target = destination.Slice(row * Columns, Columns);
            int next = 0;
            for (int link = _rowPointers[row]; link < _rowPointers[row + 1]; link++)
            {
                int column = int.CreateTruncating(indices[link]);
                target[next..column].Clear();
                target[column] = source[column];
                next = column + 1;
            }

            target[next..].Clear();
        }
    }

    /// <summary>The first link that another mask of the same shape has too, in O(rows + links).</summary>
    internal Link? FirstCommon(WeightMask other) => HasNarrowColumns ? FirstCommon<ushort>(other) : FirstCommon<int>(other);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Link? FirstCommon<T>(WeightMask other)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> left = ColumnIndices<T>();
        ReadOnlySpan<T> right = other.ColumnIndices<T>();
        int i = 0;
        for (int row = 0; row < Rows; row++)
        {
            int end = _rowPointers[row + 1];
            for (int j = other._rowPointers[row]; j < other._rowPointers[row + 1]; j++)
            {
                while (i < end && left[i] < right[j])
                {
                    i++;
                }

                if (i < end && left[i] == right[j])
                {
                    return new Link(row, int.CreateTruncating(right[j]));
                }
            }

            i = end;
        }

        return null;
    }

    private int CountCommon<T>(WeightMask other)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> left = ColumnIndices<T>();
        ReadOnlySpan<T> right = other.ColumnIndices<T>();
        int common = 0;
        for (int row = 0; row < Rows; row++)
        {
            int i = _rowPointers[row];
            int j = other._rowPointers[row];
            while (i < _rowPointers[row + 1] && j < other._rowPointers[row + 1])
            {
                common += left[i] == right[j] ? 1 : 0;
                bool leftIsBehind = left[i] <= right[j];
                j += right[j] <= left[i] ? 1 : 0;
                i += leftIsBehind ? 1 : 0;
            }
        }

        return common;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private WeightMask Union<T>(WeightMask other)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> left = ColumnIndices<T>();
        ReadOnlySpan<T> right = other.ColumnIndices<T>();
        var rowPointers = new int[Rows + 1];
        var indices = new T[LinkCount + other.LinkCount];
        int i = 0;
        int j = 0;
        for (int row = 0; row < Rows; row++)
        {
            int leftEnd = _rowPointers[row + 1];
            int rightEnd = other._rowPointers[row + 1];
            while (i < leftEnd && j < rightEnd)
            {
                if (left[i] == right[j])
                {
                    throw new ArgumentException(
                        $"{new Link(row, int.CreateTruncating(left[i]))} is in both masks; they must not share links.",
                        nameof(other));
                }

                indices[i + j] = left[i] < right[j] ? left[i++] : right[j++];
            }

            left[i..leftEnd].CopyTo(indices.AsSpan(i + j));
            i = leftEnd;
            right[j..rightEnd].CopyTo(indices.AsSpan(i + j));
            j = rightEnd;
            rowPointers[row + 1] = i + j;
        }

        return FromTrusted(Rows, Columns, rowPointers, indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private WeightMask Where<T>(ReadOnlySpan<bool> keep)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> all = ColumnIndices<T>();
        var rowPointers = new int[Rows + 1];
        var indices = new T[keep.Count(true)];
        int kept = 0;
        for (int row = 0; row < Rows; row++)
        {
            for (int link = _rowPointers[row]; link < _rowPointers[row + 1] && kept < indices.Length; link++)
            {
                // Without a branch: nothing predicts which links are kept.
                indices[kept] = all[link];
                kept += keep[link] ? 1 : 0;
            }

            rowPointers[row + 1] = kept;
        }

        return FromTrusted(Rows, Columns, rowPointers, indices);
    }
}
