using SparseTraining.Randomness;

namespace SparseTraining.Data;

/// <summary>Samples in memory: features, and optionally targets and weights. Immutable; holds references, not copies.</summary>
public sealed class Dataset : BatchSource
{
    private readonly FeatureMatrix _features;
    private readonly Targets? _targets;
    private readonly ReadOnlyMemory<float> _weights;
    private readonly int[]? _selection;

    /// <summary>Puts features, targets and weights together.</summary>
    /// <param name="features">[samples, features].</param>
    /// <param name="targets">One entry a sample, or <see langword="null"/> for data that is only to be predicted.</param>
    /// <param name="weights">One weight a sample, finite and not negative, or empty for weight 1.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, or a weight is negative or not finite.</exception>
    public Dataset(FeatureMatrix features, Targets? targets = null, ReadOnlyMemory<float> weights = default)
        : this(features, targets, weights, null)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (targets is not null && targets.SampleCount != features.SampleCount)
        {
            throw new ArgumentException(
                $"There are targets for {targets.SampleCount} samples and features for {features.SampleCount}.", nameof(targets));
        }

        if (!weights.IsEmpty && weights.Length != features.SampleCount)
        {
            throw new ArgumentException(
                $"There are {weights.Length} weights for {features.SampleCount} samples.", nameof(weights));
        }

        int wrong = weights.Span.IndexOfAnyExceptInRange(0f, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Sample {wrong} has weight {weights.Span[wrong]}; weights must be finite and at least 0.", nameof(weights));
        }
    }

    private Dataset(FeatureMatrix features, Targets? targets, ReadOnlyMemory<float> weights, int[]? selection)
    {
        _features = features;
        _targets = targets;
        _weights = weights;
        _selection = selection;
    }

    /// <summary>Samples.</summary>
    public int Count => _selection?.Length ?? _features.SampleCount;

    /// <inheritdoc/>
    public override int FeatureCount => _features.FeatureCount;

    /// <inheritdoc/>
    public override TargetKind TargetKind => _targets?.Kind ?? TargetKind.None;

    /// <inheritdoc/>
    public override int TargetCount => _targets?.TargetCount ?? 0;

    /// <inheritdoc/>
    public override long? SampleCount => Count;

    /// <summary>Takes rows and class labels.</summary>
    /// <param name="rows">One array a sample.</param>
    /// <param name="labels">One class label a sample, from 0.</param>
    /// <returns>The data set.</returns>
    public static Dataset FromLabels(IReadOnlyList<float[]> rows, ReadOnlyMemory<int> labels) =>
        new(FeatureMatrix.FromRows(rows), Targets.FromLabels(labels));

    /// <summary>Takes rows and target values.</summary>
    /// <param name="rows">One array a sample.</param>
    /// <param name="values">One array of target values a sample: regression targets, or 0/1 flags of labels.</param>
    /// <returns>The data set.</returns>
    public static Dataset FromValues(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> values) =>
        new(FeatureMatrix.FromRows(rows), Targets.FromRows(values));

    /// <summary>Takes rows and one target value each.</summary>
    /// <param name="rows">One array a sample.</param>
    /// <param name="values">One target value a sample.</param>
    /// <returns>The data set.</returns>
    public static Dataset FromValues(IReadOnlyList<float[]> rows, ReadOnlyMemory<float> values) =>
        new(FeatureMatrix.FromRows(rows), Targets.FromValues(values));

    /// <summary>The class label of a sample.</summary>
    /// <param name="sample">The sample, in [0, <see cref="Count"/>).</param>
    /// <returns>The label.</returns>
    public int Label(int sample) => RequireTargets().Label(Resolve(sample));

    /// <summary>The target values of a sample.</summary>
    /// <param name="sample">The sample, in [0, <see cref="Count"/>).</param>
    /// <returns><see cref="TargetCount"/> values.</returns>
    public ReadOnlySpan<float> TargetValues(int sample) => RequireTargets().Values(Resolve(sample));

    /// <summary>The weight of a sample in the loss.</summary>
    /// <param name="sample">The sample, in [0, <see cref="Count"/>).</param>
    /// <returns>The weight; 1 where none were given.</returns>
    public float Weight(int sample) => _weights.IsEmpty ? 1f : _weights.Span[Resolve(sample)];

    /// <summary>Copies the features of a sample.</summary>
    /// <param name="sample">The sample, in [0, <see cref="Count"/>).</param>
    /// <param name="destination">At least <see cref="FeatureCount"/> values.</param>
    public void CopyFeatures(int sample, Span<float> destination) => _features.CopyRow(Resolve(sample), destination);

    /// <summary>A view of some of the samples, in the given order.</summary>
    /// <param name="samples">Positions in [0, <see cref="Count"/>); one may be named more than once.</param>
    /// <returns>The view.</returns>
    /// <exception cref="ArgumentException">No sample is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is out of range.</exception>
    public Dataset Subset(ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty)
        {
            throw new ArgumentException("No sample is named; at least 1 is needed.", nameof(samples));
        }

        var selection = new int[samples.Length];
        for (int i = 0; i < selection.Length; i++)
        {
            selection[i] = Resolve(samples[i], nameof(samples));
        }

        return new Dataset(_features, _targets, _weights, selection);
    }

    /// <summary>The same samples, targets and weights with some of the features only, in the given order. Copies them.</summary>
    /// <param name="features">Positions in [0, <see cref="FeatureCount"/>), at least 1, such as <see cref="FeatureImportance.Top"/> gives.</param>
    /// <returns>A data set of its own, whose feature i is feature <c>features[i]</c> of this one.</returns>
    /// <exception cref="ArgumentException">No feature is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is out of range.</exception>
    public Dataset SelectFeatures(ReadOnlySpan<int> features)
    {
        if (features.IsEmpty)
        {
            throw new ArgumentException("No feature is named; at least 1 is needed.", nameof(features));
        }

        foreach (int feature in features)
        {
            if (feature < 0 || feature >= FeatureCount)
            {
                throw new ArgumentOutOfRangeException(nameof(features), feature, $"A feature must lie in [0, {FeatureCount - 1}].");
            }
        }

        var row = new float[FeatureCount];
        var rows = new float[Count][];
        for (int i = 0; i < rows.Length; i++)
        {
            CopyFeatures(i, row);
            rows[i] = new float[features.Length];
            for (int f = 0; f < features.Length; f++)
            {
                rows[i][f] = row[features[f]];
            }
        }

        float[] weights = _weights.IsEmpty ? [] : [.. Enumerable.Range(0, Count).Select(Weight)];
        return new Dataset(FeatureMatrix.FromRows(rows), _selection is null ? _targets : _targets?.Subset(_selection), weights);
    }

    /// <summary>The same samples with other weights.</summary>
    /// <param name="weights">One weight a sample of this data set.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="InvalidOperationException">This is a subset: weigh the whole set first.</exception>
    public Dataset WithWeights(ReadOnlyMemory<float> weights) => _selection is null
        ? new Dataset(_features, _targets, weights)
        : throw new InvalidOperationException("Give weights to the whole data set before taking a subset of it.");

    /// <inheritdoc/>
    public override BatchReader OpenPass(RandomGenerator? random) => new Pass(this, random);

    /// <summary>Throws if a feature or target is NaN or infinite, naming the sample and the feature.</summary>
    internal void ThrowIfNotFinite(string argument)
    {
        for (int i = 0; i < Count; i++)
        {
            int sample = Resolve(i);
            ReadOnlySpan<float> stored = _features.StoredValues(sample);
            int wrong = stored.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
            if (wrong >= 0)
            {
                throw new ArgumentException(
                    $"Sample {i} has the value {stored[wrong]} in feature {_features.FeatureOfStored(sample, wrong)}; features must be finite.",
                    argument);
            }

            if (TargetKind == TargetKind.Values)
            {
                ReadOnlySpan<float> values = _targets!.Values(sample);
                wrong = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
                if (wrong >= 0)
                {
                    throw new ArgumentException(
                        $"Sample {i} has the value {values[wrong]} in target {wrong}; targets must be finite.", argument);
                }
            }
        }
    }

    private int Resolve(int sample, string argument = "sample") => (uint)sample >= (uint)Count
        ? throw new ArgumentOutOfRangeException(argument, sample, $"A sample must lie in [0, {Count - 1}].")
        : _selection is null ? sample : _selection[sample];

    private Targets RequireTargets() =>
        _targets ?? throw new InvalidOperationException("This data set holds features only, no targets.");

    private sealed class Pass : BatchReader
    {
        private readonly Dataset _data;
        private readonly int[]? _order;
        private int _next;

        public Pass(Dataset data, RandomGenerator? random)
        {
            _data = data;
            if (random is not null)
            {
                _order = new int[data.Count];
                for (int i = 0; i < _order.Length; i++)
                {
                    _order[i] = i;
                }

                random.Shuffle<int>(_order);
            }
        }

        public override int Read(MiniBatch batch)
        {
            int count = Math.Min(batch.Capacity, _data.Count - _next);
            for (int i = 0; i < count; i++, _next++)
            {
                int position = _order is null ? _next : _order[_next];
                int sample = _data.Resolve(position);
                _data._features.WriteTo(batch, i, sample);
                batch.SampleIndices[i] = position;
                batch.Weights[i] = _data._weights.IsEmpty ? 1f : _data._weights.Span[sample];
                if (batch.TargetKind == TargetKind.ClassLabels)
                {
                    batch.Labels[i] = _data._targets!.Label(sample);
                }
                else if (batch.TargetKind == TargetKind.Values)
                {
                    _data._targets!.Values(sample).CopyTo(batch.Targets(i));
                }
            }

            return count;
        }
    }
}
