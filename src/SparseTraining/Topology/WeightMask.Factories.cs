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
    /// <param name="matrix">
    /// Row by row, <paramref name="rows"/> · <paramref name="columns"/> elements: 1 is a link, 0 is none.
    /// </param>
    /// <returns>The mask.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not allowed.</exception>
    /// <exception cref="ArgumentException">
    /// The length does not fit the shape, or an element is neither 0 nor 1.
    /// </exception>
    public static WeightMask FromDense(int rows, int columns, ReadOnlySpan<float> matrix)
    {
        ThrowIfNotMatrix(rows, columns, matrix.Length, nameof(matrix));
        int wrong = matrix.IndexOfAnyExcept(0f, 1f);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Row {wrong / columns}, column {wrong % columns} is {matrix[wrong]}; a mask holds only 0 and 1.",
                nameof(matrix));
        }

        return FromThreshold(rows, columns, matrix, 0.5f);
    }

    /// <summary>Makes a mask of the weights whose magnitude is above a threshold.</summary>
    /// <param name="rows">Output neurons, at least 1.</param>
    /// <param name="columns">Input neurons, at least 1.</param>
    /// <param name="matrix">
    /// The weights row by row, <paramref name="rows"/> · <paramref name="columns"/> elements, no NaN.
    /// </param>
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
    /// <param name="rowPointers">
    /// <paramref name="rows"/> + 1 numbers from 0 to the number of links, never falling.
    /// </param>
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
    /// <exception cref="ArgumentOutOfRangeException">
    /// The shape is not allowed or has more positions than a mask can hold.
    /// </exception>
    public static WeightMask Full(int rows, int columns)
    {
        ThrowIfNotShape(rows, columns);
        if ((long)rows * columns > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                rows,
                $"{rows} × {columns} positions are more than the {Array.MaxLength} links that a mask can hold.");
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
    /// <typeparam name="T">
    /// <see cref="ushort"/> where <paramref name="columns"/> ≤ 65,536, otherwise <see cref="int"/>.
    /// </typeparam>
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
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1 or leaves no room for the pointers.
    /// </exception>
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
}
