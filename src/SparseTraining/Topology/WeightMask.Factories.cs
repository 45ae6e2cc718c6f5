using System.Numerics;

namespace SparseTraining.Topology;

public sealed partial class WeightMask
{
    /// <summary>Makes a mask from a list of links.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <param name="links">The links in any order, each at most once.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed.</exception>
    /// <exception cref="ArgumentException">A link is outside the shape or occurs twice.</exception>
    public static WeightMask FromLinks(int rows, int columns, IEnumerable<Link> links)
    {
        ThrowIfNotShape(rows, columns);
        ArgumentNullException.ThrowIfNull(links);
        Link[] items = links.ToArray();
        return columns <= NarrowLimit
            ? FromLinks<ushort>(rows, columns, items, nameof(links))
            : FromLinks<int>(rows, columns, items, nameof(links));
    }

    /// <summary>Makes a mask from a matrix of zeros and ones.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <param name="matrix">Row by row, <paramref name="rows"/> · <paramref name="columns"/> elements: 1 is a link, 0 is none.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed.</exception>
    /// <exception cref="ArgumentException">The length does not fit the shape, or an element is neither 0 nor 1.</exception>
    public static WeightMask FromDense(int rows, int columns, ReadOnlySpan<float> matrix)
    {
        ThrowIfNotMatrix(rows, columns, matrix.Length, nameof(matrix));
        int wrong = matrix.IndexOfAnyExcept(0f, 1f);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Row {wrong / columns}, column {wrong % columns} is {matrix[wrong]}; a mask holds only 0 and 1.", nameof(matrix));
        }

        return FromThreshold(rows, columns, matrix, 0.5f);
    }

    /// <summary>Makes a mask of the weights whose magnitude is above a threshold.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <param name="matrix">The weights row by row, <paramref name="rows"/> · <paramref name="columns"/> elements, no NaN.</param>
    /// <param name="threshold">At least 0; a weight w is a link where |w| &gt; threshold.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape or the threshold is not allowed.</exception>
    /// <exception cref="ArgumentException">The length does not fit the shape, or a weight is NaN.</exception>
    public static WeightMask FromThreshold(int rows, int columns, ReadOnlySpan<float> matrix, float threshold)
    {
        ThrowIfNotMatrix(rows, columns, matrix.Length, nameof(matrix));
        if (!(threshold >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold must be at least 0.");
        }

        return columns <= NarrowLimit
            ? FromThreshold<ushort>(rows, columns, matrix, threshold)
            : FromThreshold<int>(rows, columns, matrix, threshold);
    }

    /// <summary>Makes a mask from compressed sparse rows; the arrays are checked and copied.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <param name="rowPointers"><paramref name="rows"/> + 1 numbers from 0 to the number of links, never falling.</param>
    /// <param name="columnIndices">The column of each link, strictly ascending within a row.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed.</exception>
    /// <exception cref="ArgumentException">The arrays break one of the rules; the message says where.</exception>
    public static WeightMask FromCsr(
        int rows, int columns, ReadOnlySpan<int> rowPointers, ReadOnlySpan<int> columnIndices)
    {
        ThrowIfNotShape(rows, columns);
        if (rowPointers.Length != rows + 1)
        {
            throw new ArgumentException(
                $"There are {rowPointers.Length} row pointers; {rows} rows need {rows + 1L}.", nameof(rowPointers));
        }

        if (FindFault(columns, rowPointers, columnIndices) is string fault)
        {
            throw new ArgumentException(fault, nameof(columnIndices));
        }

        return columns <= NarrowLimit
            ? FromTrusted(rows, columns, rowPointers.ToArray(), Narrow(columnIndices))
            : FromTrusted(rows, columns, rowPointers.ToArray(), columnIndices.ToArray());
    }

    /// <summary>Makes the mask of a fully connected layer.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <returns>A mask in which every position is a link.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed or has more positions than a mask can hold.</exception>
    public static WeightMask Full(int rows, int columns)
    {
        ThrowIfNotShape(rows, columns);
        if ((long)rows * columns > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows), rows, $"{rows} × {columns} positions are more than the {Array.MaxLength} links that a mask can hold.");
        }

        return columns <= NarrowLimit ? Full<ushort>(rows, columns) : Full<int>(rows, columns);
    }

    /// <summary>Makes a mask without links.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed.</exception>
    public static WeightMask Empty(int rows, int columns)
    {
        ThrowIfNotShape(rows, columns);
        return new WeightMask(rows, columns, new int[rows + 1], [], []);
    }

    /// <summary>
    /// Makes a mask from arrays that are known to be right and that nobody writes to any more; only Debug builds check.
    /// </summary>
    /// <typeparam name="T"><see cref="ushort"/> where <paramref name="columns"/> ≤ 65,536, otherwise <see cref="int"/>.</typeparam>
    /// <param name="rows">Output neurons.</param>
    /// <param name="columns">Input neurons.</param>
    /// <param name="rowPointers">Exactly <paramref name="rows"/> + 1 numbers; the mask takes the array over.</param>
    /// <param name="columnIndices">Exactly one column per link; the mask takes the array over.</param>
    /// <returns>The mask.</returns>
    internal static WeightMask FromTrusted<T>(int rows, int columns, int[] rowPointers, T[] columnIndices)
        where T : unmanaged, IBinaryInteger<T> =>
        columnIndices is ushort[] narrow
            ? new WeightMask(rows, columns, rowPointers, narrow, [])
            : new WeightMask(rows, columns, rowPointers, [], (int[])(object)columnIndices);

    /// <summary>Checks a shape.</summary>
    /// <param name="rows">Output neurons.</param>
    /// <param name="columns">Input neurons.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1 or leaves no room for the pointers.</exception>
    internal static void ThrowIfNotShape(int rows, int columns)
    {
        ThrowIfNotWidth(rows, nameof(rows));
        ThrowIfNotWidth(columns, nameof(columns));
    }

    private static void ThrowIfNotWidth(int value, string name)
    {
        if (value < 1 || value >= Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The value must be in [1, {Array.MaxLength - 1}].");
        }
    }

    private static void ThrowIfNotMatrix(int rows, int columns, int length, string name)
    {
        ThrowIfNotShape(rows, columns);
        if (length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"The matrix has {length} elements; {rows} × {columns} needs {(long)rows * columns}.", name);
        }
    }

    /// <summary>Looks for a broken rule of compressed sparse rows; the number of row pointers is right already.</summary>
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
