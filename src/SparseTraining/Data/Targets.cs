namespace SparseTraining.Data;

/// <summary>What a network is to learn for each sample: a class label, or one or more values.</summary>
public sealed class Targets
{
    private readonly ReadOnlyMemory<int> _labels;
    private readonly ReadOnlyMemory<float> _values;

    private Targets(TargetKind kind, int sampleCount, int targetCount, ReadOnlyMemory<int> labels, ReadOnlyMemory<float> values)
    {
        Kind = kind;
        SampleCount = sampleCount;
        TargetCount = targetCount;
        _labels = labels;
        _values = values;
    }

    /// <summary>What is held for each sample.</summary>
    public TargetKind Kind { get; }

    /// <summary>Samples.</summary>
    public int SampleCount { get; }

    /// <summary>Values of one sample; 1 for class labels.</summary>
    public int TargetCount { get; }

    /// <summary>Takes one class label a sample.</summary>
    /// <param name="labels">Whole numbers from 0; not copied.</param>
    /// <returns>The targets.</returns>
    public static Targets FromLabels(ReadOnlyMemory<int> labels) => new(TargetKind.ClassLabels, labels.Length, 1, labels, default);

    /// <summary>Takes values that lie row after row.</summary>
    /// <param name="values">[samples, targets] in row-major order; not copied.</param>
    /// <param name="targetCount">Values of one sample, at least 1.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">The length is not a multiple of the target count.</exception>
    public static Targets FromValues(ReadOnlyMemory<float> values, int targetCount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetCount, 1);
        if (values.Length % targetCount != 0)
        {
            throw new ArgumentException(
                $"{values.Length} values are not a whole number of rows of {targetCount} targets.", nameof(values));
        }

        return new(TargetKind.Values, values.Length / targetCount, targetCount, default, values);
    }

    /// <summary>Takes one array of values a sample.</summary>
    /// <param name="rows">The samples' values, all of equal length; copied.</param>
    /// <returns>The targets.</returns>
    /// <exception cref="ArgumentException">There are no rows, or lengths differ.</exception>
    public static Targets FromRows(IReadOnlyList<float[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int count = rows.Count == 0 ? 0 : rows[0]?.Length ?? 0;
        if ((long)rows.Count * count > Array.MaxLength)
        {
            throw new ArgumentException($"{rows.Count} rows of {count} targets are more values than an array holds.", nameof(rows));
        }

        var values = new float[rows.Count * count];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null)
            {
                throw new ArgumentException($"Row {i} is null.", nameof(rows));
            }

            if (rows[i].Length != count)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} targets; every row needs the {count} of row 0.", nameof(rows));
            }

            rows[i].CopyTo(values, i * count);
        }

        return FromValues(values, Math.Max(count, 1));
    }

    /// <summary>A copy of the targets of some samples, in the given order.</summary>
    internal Targets Subset(ReadOnlySpan<int> samples)
    {
        var labels = new int[Kind == TargetKind.ClassLabels ? samples.Length : 0];
        var values = new float[Kind == TargetKind.Values ? samples.Length * TargetCount : 0];
        for (int i = 0; i < samples.Length; i++)
        {
            if (Kind == TargetKind.ClassLabels)
            {
                labels[i] = Label(samples[i]);
            }
            else
            {
                Values(samples[i]).CopyTo(values.AsSpan(i * TargetCount));
            }
        }

        return new Targets(Kind, samples.Length, TargetCount, labels, values);
    }

    /// <summary>The class label of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <returns>The label.</returns>
    /// <exception cref="InvalidOperationException">The targets are not class labels.</exception>
    public int Label(int sample) => Kind == TargetKind.ClassLabels
        ? _labels.Span[sample]
        : throw new InvalidOperationException("These targets are values, not class labels.");

    /// <summary>The target values of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <returns><see cref="TargetCount"/> values.</returns>
    /// <exception cref="InvalidOperationException">The targets are class labels.</exception>
    public ReadOnlySpan<float> Values(int sample) => Kind == TargetKind.Values
        ? _values.Span.Slice(sample * TargetCount, TargetCount)
        : throw new InvalidOperationException("These targets are class labels, not values.");
}
