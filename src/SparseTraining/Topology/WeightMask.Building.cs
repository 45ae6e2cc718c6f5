using System.Numerics;

namespace SparseTraining.Topology;

/// <content>How masks are built; each loop exists once for both widths of columns.</content>
public sealed partial class WeightMask
{
    /// <summary>
    /// Looks for a broken rule of compressed sparse rows; the number of row pointers is right already.
    /// </summary>
    private static string? FindFault<T>(int columns, ReadOnlySpan<int> rowPointers, ReadOnlySpan<T> columnIndices)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (rowPointers[0] != 0 || rowPointers[^1] != columnIndices.Length)
        {
            return $"The row pointers go from {rowPointers[0]} to {rowPointers[^1]};"
                + $" they must go from 0 to the number of columns given, {columnIndices.Length}.";
        }

        int falling = 1;
        while (falling < rowPointers.Length && rowPointers[falling] >= rowPointers[falling - 1])
        {
            falling++;
        }

        if (falling < rowPointers.Length)
        {
            return $"Row pointer {falling} is {rowPointers[falling]}, less than {rowPointers[falling - 1]} before it.";
        }

        for (int row = 0; row < rowPointers.Length - 1; row++)
        {
            int previous = -1;
            foreach (T index in columnIndices[rowPointers[row]..rowPointers[row + 1]])
            {
                int column = int.CreateTruncating(index);
                if (column <= previous || column >= columns)
                {
                    return $"Row {row} has column {column} after {previous};"
                        + $" the columns of a row must ascend strictly within [0, {columns - 1}].";
                }

                previous = column;
            }
        }

        return null;
    }

    private static WeightMask FromLinks<T>(int rows, int columns, Link[] links, string name)
        where T : unmanaged, IBinaryInteger<T>
    {
        // Counting sort: pointer r + 1 first counts row r, then becomes the place of its next link, in the end its end.
        var pointers = new int[rows + 2];
        foreach (Link link in links)
        {
            if ((uint)link.Row >= (uint)rows || (uint)link.Column >= (uint)columns)
            {
                throw new ArgumentException($"{link} is outside a mask of {rows} rows and {columns} columns.", name);
            }

            pointers[link.Row + 2]++;
        }

        for (int row = 2; row <= rows; row++)
        {
            pointers[row] += pointers[row - 1];
        }

        var indices = new T[links.Length];
        foreach (Link link in links)
        {
            indices[pointers[link.Row + 1]++] = T.CreateTruncating(link.Column);
        }

        int[] rowPointers = pointers[..^1];
        for (int row = 0; row < rows; row++)
        {
            Span<T> rowColumns = indices.AsSpan(rowPointers[row]..rowPointers[row + 1]);
            rowColumns.Sort();
            for (int i = 1; i < rowColumns.Length; i++)
            {
                if (rowColumns[i] == rowColumns[i - 1])
                {
                    throw new ArgumentException(
                        $"{new Link(row, int.CreateTruncating(rowColumns[i]))} occurs more than once.", name);
                }
            }
        }

        return FromTrusted(rows, columns, rowPointers, indices);
    }

    private static WeightMask FromThreshold<T>(int rows, int columns, ReadOnlySpan<float> matrix, float threshold)
        where T : unmanaged, IBinaryInteger<T>
    {
        int count = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            if (float.IsNaN(matrix[i]))
            {
                throw new ArgumentException(
                    $"Row {i / columns}, column {i % columns} is NaN; weights must be numbers.", nameof(matrix));
            }

            count += Math.Abs(matrix[i]) > threshold ? 1 : 0;
        }

        var rowPointers = new int[rows + 1];
        var indices = new T[count];
        int written = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> weights = matrix.Slice(row * columns, columns);
            for (int column = 0; column < columns; column++)
            {
                if (Math.Abs(weights[column]) > threshold)
                {
                    indices[written++] = T.CreateTruncating(column);
                }
            }

            rowPointers[row + 1] = written;
        }

        return FromTrusted(rows, columns, rowPointers, indices);
    }

    private static WeightMask Full<T>(int rows, int columns)
        where T : unmanaged, IBinaryInteger<T>
    {
        var rowPointers = new int[rows + 1];
        var indices = new T[rows * columns];
        for (int column = 0; column < columns; column++)
        {
            indices[column] = T.CreateTruncating(column);
        }

        for (int row = 1; row <= rows; row++)
        {
            rowPointers[row] = row * columns;
            indices.AsSpan(0, columns).CopyTo(indices.AsSpan((row - 1) * columns));
        }

        return FromTrusted(rows, columns, rowPointers, indices);
    }

    private static ushort[] Narrow(ReadOnlySpan<int> columnIndices)
    {
        var narrow = new ushort[columnIndices.Length];
        for (int i = 0; i < narrow.Length; i++)
        {
            narrow[i] = (ushort)columnIndices[i];
        }

        return narrow;
    }
}
