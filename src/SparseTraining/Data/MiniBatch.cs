namespace SparseTraining.Data;

/// <summary>
/// The samples of one step, one row of features a sample. A source writes it, the trainer transposes it.
/// </summary>
/// <remarks>
/// A row is either written into the batch's own storage (<see cref="WriteFeatures"/>) or referred to where it already
/// lies (<see cref="ReferToFeatures"/>), which copies nothing.
/// </remarks>
public sealed class MiniBatch
{
    private readonly ReadOnlyMemory<float>[] _rows;
    private readonly ByteRow[] _bytes;
    private readonly float[] _targets;
    private readonly int[] _labels;
    private readonly float[] _weights;
    private readonly long[] _indices;
    private float[]? _storage;

    /// <summary>Makes room for a batch.</summary>
    /// <param name="capacity">The most samples that it takes, at least 1.</param>
    /// <param name="featureCount">Features of a sample, at least 1.</param>
    /// <param name="targetKind">What comes with each sample.</param>
    /// <param name="targetCount">Target values of a sample; ignored unless the kind is <see cref="TargetKind.Values"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below its smallest value.</exception>
    public MiniBatch(int capacity, int featureCount, TargetKind targetKind, int targetCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (targetKind == TargetKind.Values)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(targetCount, 1);
        }

        Capacity = capacity;
        FeatureCount = featureCount;
        TargetKind = targetKind;
        TargetCount = targetKind switch { TargetKind.Values => targetCount, TargetKind.ClassLabels => 1, _ => 0 };
        _rows = new ReadOnlyMemory<float>[capacity];
        _bytes = new ByteRow[capacity];
        _targets = targetKind == TargetKind.Values ? new float[capacity * targetCount] : [];
        _labels = targetKind == TargetKind.ClassLabels ? new int[capacity] : [];
        _weights = new float[capacity];
        _indices = new long[capacity];
        Array.Fill(_weights, 1f);
    }

    /// <summary>The most samples that the batch takes.</summary>
    public int Capacity { get; }

    /// <summary>Features of one sample.</summary>
    public int FeatureCount { get; }

    /// <summary>What comes with each sample.</summary>
    public TargetKind TargetKind { get; }

    /// <summary>Target values of one sample.</summary>
    public int TargetCount { get; }

    /// <summary>Whether nobody looks at the targets: a source writes them all the same, whatever the batch is for.</summary>
    internal bool IgnoresTargets { get; init; }

    /// <summary>Class labels, one a sample; empty unless the kind is <see cref="TargetKind.ClassLabels"/>.</summary>
    public Span<int> Labels => _labels;

    /// <summary>Weights of the samples in the loss; 1 unless written.</summary>
    public Span<float> Weights => _weights;

    /// <summary>Positions of the samples in their source, for messages.</summary>
    public Span<long> SampleIndices => _indices;

    /// <summary>The features of a sample.</summary>
    /// <param name="sample">Position in the batch.</param>
    /// <returns><see cref="FeatureCount"/> values.</returns>
    public ReadOnlySpan<float> Features(int sample)
    {
        if (IsBytes(sample))
        {
            ByteRow bytes = _bytes[sample];
            bytes.CopyTo(WriteFeatures(sample));
        }

        return _rows[sample].Span;
    }

    /// <summary>The batch's own storage for a sample's features, to be written in full.</summary>
    /// <param name="sample">Position in the batch, in [0, <see cref="Capacity"/>).</param>
    /// <returns><see cref="FeatureCount"/> values, holding whatever was there before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the batch.</exception>
    public Span<float> WriteFeatures(int sample)
    {
        ThrowIfOutside(sample);
        _storage ??= new float[checked(Capacity * FeatureCount)];
        Memory<float> row = _storage.AsMemory(sample * FeatureCount, FeatureCount);
        _rows[sample] = row;
        _bytes[sample] = default;
        return row.Span;
    }

    /// <summary>Lets a sample's features be read from where they lie, until the batch is filled again.</summary>
    /// <param name="sample">Position in the batch, in [0, <see cref="Capacity"/>).</param>
    /// <param name="features"><see cref="FeatureCount"/> values that do not change meanwhile.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is outside the batch.</exception>
    /// <exception cref="ArgumentException">The row's length is not <see cref="FeatureCount"/>.</exception>
    public void ReferToFeatures(int sample, ReadOnlyMemory<float> features)
    {
        ThrowIfOutside(sample);
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException(
                $"A row of {features.Length} features does not fit a batch of {FeatureCount} features.", nameof(features));
        }

        _rows[sample] = features;
        _bytes[sample] = default;
    }

    /// <summary>Lets a sample's features be read from bytes where they lie; <see cref="Features"/> writes them out.</summary>
    internal void ReferToBytes(int sample, in ByteRow features) => _bytes[sample] = features;

    /// <summary>Whether a sample's features are bytes that nobody has asked for as floats yet.</summary>
    internal bool IsBytes(int sample) => _bytes[sample].Numbers is not null;

    /// <summary>The bytes of such a sample.</summary>
    internal ByteRow Bytes(int sample) => _bytes[sample];

    /// <summary>The target values of a sample.</summary>
    /// <param name="sample">Position in the batch.</param>
    /// <returns><see cref="TargetCount"/> values; empty unless the kind is <see cref="TargetKind.Values"/>.</returns>
    public Span<float> Targets(int sample) =>
        TargetKind == TargetKind.Values ? _targets.AsSpan(sample * TargetCount, TargetCount) : [];

    /// <summary>Throws if a reader has not written what it said it has: samples that fit, each with all its features, finite ones.</summary>
    /// <param name="count">How many samples the reader says it has written.</param>
    /// <param name="argument">The argument that the reader's source is.</param>
    internal void ThrowIfUnfit(int count, string argument)
    {
        if (count > Capacity)
        {
            throw new ArgumentException($"The reader says that it has written {count} samples; the batch takes {Capacity}.", argument);
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> features = Features(i);
            if (features.Length != FeatureCount)
            {
                throw new ArgumentException($"Sample {_indices[i]} has no features: its reader has written none.", argument);
            }

            int wrong = features.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    $"Sample {_indices[i]} has the value {features[wrong]} in feature {wrong}; features must be finite.", argument);
            }
        }
    }

    private void ThrowIfOutside(int sample)
    {
        if ((uint)sample >= (uint)Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(sample), sample, $"A position in the batch must lie in [0, {Capacity - 1}].");
        }
    }
}
