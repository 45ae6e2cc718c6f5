using System.Numerics.Tensors;

namespace SparseTraining.Data;

/// <summary>
/// Scales each feature linearly, x′ = (x − offset) · scale, with constants that were fitted on training data. A model
/// keeps the scaler that it was trained with and applies it to everything it predicts.
/// </summary>
public sealed class FeatureScaler
{
    private readonly float[] _offsets;
    private readonly float[] _scales;

    /// <summary>Makes a scaler from known constants.</summary>
    /// <param name="offsets">What is subtracted from each feature.</param>
    /// <param name="scales">What each difference is multiplied by.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a constant is not finite.</exception>
    public FeatureScaler(ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        if (offsets.Length != scales.Length || offsets.IsEmpty)
        {
            throw new ArgumentException(
                $"There are {offsets.Length} offsets and {scales.Length} scales; one of each is needed for every feature.",
                nameof(scales));
        }

        ThrowIfNotFinite(offsets, nameof(offsets));
        ThrowIfNotFinite(scales, nameof(scales));
        _offsets = offsets.ToArray();
        _scales = scales.ToArray();
    }

    /// <summary>Features of one sample.</summary>
    public int FeatureCount => _offsets.Length;

    /// <summary>What is subtracted from each feature.</summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>What each difference is multiplied by.</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>
    /// Fits x′ = (x − mean) / standard deviation, the latter over n (not n − 1). A feature that never varies becomes 0.
    /// </summary>
    /// <param name="data">The training data, read once.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">There are no samples, or one has a feature that is not finite.</exception>
    public static FeatureScaler FitStandard(BatchSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var mean = new double[data.FeatureCount];
        var squares = new double[data.FeatureCount];
        long count = 0;
        ForEachSample(data, features =>
        {
            count++;
            for (int i = 0; i < mean.Length; i++)
            {
                // Welford's update: exact enough for features with a large mean and a small spread.
                double delta = features[i] - mean[i];
                mean[i] += delta / count;
                squares[i] += delta * (features[i] - mean[i]);
            }
        });

        return Build(mean.Length, i => mean[i], i => Math.Sqrt(squares[i] / count));
    }

    /// <summary>Fits x′ = (x − min) / (max − min), so that training data lies in [0, 1]. A feature that never varies becomes 0.</summary>
    /// <param name="data">The training data, read once.</param>
    /// <returns>The scaler.</returns>
    /// <exception cref="ArgumentException">There are no samples, or one has a feature that is not finite.</exception>
    public static FeatureScaler FitMinMax(BatchSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var lowest = new float[data.FeatureCount];
        var highest = new float[data.FeatureCount];
        Array.Fill(lowest, float.PositiveInfinity);
        Array.Fill(highest, float.NegativeInfinity);
        ForEachSample(data, features =>
        {
            TensorPrimitives.Min(lowest, features, lowest);
            TensorPrimitives.Max(highest, features, highest);
        });

        return Build(lowest.Length, i => lowest[i], i => (double)highest[i] - lowest[i]);
    }

    /// <summary>Scales one sample.</summary>
    /// <param name="features"><see cref="FeatureCount"/> values.</param>
    /// <param name="destination">At least as many; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Transform(ReadOnlySpan<float> features, Span<float> destination)
    {
        if (features.Length != FeatureCount)
        {
            throw new ArgumentException(
                $"A sample of {features.Length} features does not fit a scaler of {FeatureCount} features.", nameof(features));
        }

        TensorPrimitives.Subtract(features, _offsets, destination);
        TensorPrimitives.Multiply(destination[..FeatureCount], _scales, destination);
    }

    private static FeatureScaler Build(int count, Func<int, double> offset, Func<int, double> spread)
    {
        var offsets = new float[count];
        var scales = new float[count];
        for (int i = 0; i < count; i++)
        {
            offsets[i] = (float)offset(i);

            // Below the rounding error of float the spread is noise: dividing by it would blow that noise up.
            double width = spread(i);
            scales[i] = width > Math.Abs(offset(i)) * 1e-7 ? (float)(1 / width) : 1f;
            if (!float.IsFinite(scales[i]))
            {
                scales[i] = 1f;
            }
        }

        return new FeatureScaler(offsets, scales);
    }

    private static void ForEachSample(BatchSource data, Action<ReadOnlySpan<float>> action)
    {
        var batch = new MiniBatch(64, data.FeatureCount, data.TargetKind, data.TargetCount);
        using BatchReader pass = data.OpenPass(null);
        long total = 0;
        for (int count = pass.Read(batch); count > 0; count = pass.Read(batch))
        {
            batch.ThrowIfUnfit(count, nameof(data));
            for (int i = 0; i < count; i++)
            {
                action(batch.Features(i));
            }

            total += count;
        }

        if (total == 0)
        {
            throw new ArgumentException("The source holds no samples; at least 1 is needed to fit a scaler.", nameof(data));
        }
    }

    private static void ThrowIfNotFinite(ReadOnlySpan<float> values, string name)
    {
        int wrong = values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException($"Feature {wrong} has the constant {values[wrong]}; it must be finite.", name);
        }
    }
}
