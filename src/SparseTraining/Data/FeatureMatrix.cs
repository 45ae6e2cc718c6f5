namespace SparseTraining.Data;

/// <summary>
/// The features of samples that lie in memory, as [samples, features], in whichever form the caller has them. Nothing is
/// copied; the arrays must not change while a <see cref="Dataset"/> uses them.
/// </summary>
public abstract class FeatureMatrix
{
    private protected FeatureMatrix(int sampleCount, int featureCount)
    {
        SampleCount = sampleCount;
        FeatureCount = featureCount;
    }

    /// <summary>Samples (rows).</summary>
    public int SampleCount { get; }

    /// <summary>Features (columns).</summary>
    public int FeatureCount { get; }

    /// <summary>Takes one array a sample.</summary>
    /// <param name="rows">The samples, all of equal length.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">There are no rows, a row is empty, or lengths differ.</exception>
    public static FeatureMatrix FromRows(IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var memory = new ReadOnlyMemory<float>[rows.Count];
        for (int i = 0; i < memory.Length; i++)
        {
            memory[i] = rows[i] ?? throw new ArgumentException($"Row {i} is null.", nameof(rows));
        }

        return FromRows(memory);
    }

    /// <summary>Takes one block of memory a sample.</summary>
    /// <param name="rows">The samples, all of equal length.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">There are no rows, a row is empty, or lengths differ.</exception>
    public static FeatureMatrix FromRows(IReadOnlyList<ReadOnlyMemory<float>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ThrowIfEmpty(rows.Count, nameof(rows));
        int features = rows[0].Length;
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != features || features == 0)
            {
                throw new ArgumentException(
                    $"Row {i} has {rows[i].Length} features; every row needs the {features} features (at least 1) of row 0.",
                    nameof(rows));
            }
        }

        return new RowFeatureMatrix(rows, features);
    }

    /// <summary>Takes one block of memory that holds all samples, row after row.</summary>
    /// <param name="values">[samples, features] in row-major order.</param>
    /// <param name="featureCount">Features of a sample, at least 1.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of the feature count.</exception>
    public static FeatureMatrix FromMatrix(ReadOnlyMemory<float> values, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ThrowIfNotRows(values.Length, featureCount, nameof(values));
        return new DenseFeatureMatrix(values, featureCount);
    }

    /// <summary>
    /// Takes one block of bytes that holds all samples, row after row: a quarter of the memory of floats, and of the memory
    /// traffic of training. Each byte stands for its value divided by <paramref name="divisor"/>.
    /// </summary>
    /// <param name="values">[samples, features] in row-major order.</param>
    /// <param name="featureCount">Features of a sample, at least 1.</param>
    /// <param name="divisor">Finite and above 0; 255 brings pixels into [0, 1].</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of the feature count.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The feature count is below 1, or the divisor not finite, not above 0, or so small that 255 divided by it is not finite.</exception>
    public static FeatureMatrix FromBytes(ReadOnlyMemory<byte> values, int featureCount, float divisor = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (!(divisor > 0 && float.IsFinite(divisor) && float.IsFinite(byte.MaxValue / divisor)))
        {
            throw new ArgumentOutOfRangeException(nameof(divisor), divisor, "The divisor must be finite and above 0, and 255 divided by it finite.");
        }

        ThrowIfNotRows(values.Length, featureCount, nameof(values));
        return new ByteFeatureMatrix(values, featureCount, divisor);
    }

    /// <summary>Takes samples in compressed sparse row form; what is not stored is 0.</summary>
    /// <param name="featureCount">Features of a sample, at least 1.</param>
    /// <param name="rowPointers">[samples + 1], from 0, never falling: where each sample's entries begin.</param>
    /// <param name="columnIndices">The feature of each entry, in [0, <paramref name="featureCount"/>), rising strictly within a row.</param>
    /// <param name="values">The value of each entry.</param>
    /// <returns>The matrix.</returns>
    /// <exception cref="ArgumentException">The arrays do not fit each other, or an index is out of order or of range.</exception>
    public static FeatureMatrix FromCsr(
        int featureCount,
        ReadOnlyMemory<int> rowPointers,
        ReadOnlyMemory<int> columnIndices,
        ReadOnlyMemory<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ThrowIfEmpty(rowPointers.Length - 1, nameof(rowPointers));
        ReadOnlySpan<int> pointers = rowPointers.Span;
        ReadOnlySpan<int> columns = columnIndices.Span;
        if (pointers[0] != 0 || pointers[^1] != columns.Length || columns.Length != values.Length)
        {
            throw new ArgumentException(
                $"Row pointers from {pointers[0]} to {pointers[^1]} do not fit {columns.Length} column indices and {values.Length} values.",
                nameof(rowPointers));
        }

        for (int row = 0; row + 1 < pointers.Length; row++)
        {
            if (pointers[row + 1] < pointers[row] || pointers[row + 1] > columns.Length)
            {
                throw new ArgumentException($"The row pointers fall after row {row}.", nameof(rowPointers));
            }
        }

        for (int row = 0; row + 1 < pointers.Length; row++)
        {
            int previous = -1;
            foreach (int column in columns[pointers[row]..pointers[row + 1]])
            {
                if (column <= previous || column >= featureCount)
                {
                    throw new ArgumentException(
                        $"Row {row} has column index {column} after {previous}; indices must rise strictly within [0, {featureCount}).",
                        nameof(columnIndices));
                }

                previous = column;
            }
        }

        return new CsrFeatureMatrix(featureCount, rowPointers, columnIndices, values);
    }

    /// <summary>Copies one sample's features.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="destination">At least <see cref="FeatureCount"/> values.</param>
    public abstract void CopyRow(int sample, Span<float> destination);

    /// <summary>The stored values of one sample, to be searched for NaN: position in the span, and its feature.</summary>
    internal abstract ReadOnlySpan<float> StoredValues(int sample);

    /// <summary>The feature that a position in <see cref="StoredValues"/> belongs to.</summary>
    internal virtual int FeatureOfStored(int sample, int position) => position;

    /// <summary>Hands one sample to a batch, without a copy where that is possible.</summary>
    internal abstract void WriteTo(MiniBatch batch, int position, int sample);

    private static void ThrowIfNotRows(int length, int featureCount, string name)
    {
        if (length % featureCount != 0)
        {
            throw new ArgumentException($"{length} values are not a whole number of rows of {featureCount} features.", name);
        }

        ThrowIfEmpty(length, name);
    }

    private static void ThrowIfEmpty(int count, string name)
    {
        if (count < 1)
        {
            throw new ArgumentException("There are no samples; at least 1 is needed.", name);
        }
    }
}
