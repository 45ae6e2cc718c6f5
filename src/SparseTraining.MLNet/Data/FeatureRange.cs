using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Data;

/// <summary>The range of a feature over all rows, and whether it is missing in some of them.</summary>
/// <param name="Lowest">The lowest finite value.</param>
/// <param name="Highest">The highest finite value; below the lowest if there is none.</param>
/// <param name="IsMissing">Whether some row has no finite value.</param>
internal readonly record struct FeatureRange(float Lowest, float Highest, bool IsMissing)
{
    /// <summary>The ranges of all features, in one pass over what rows store.</summary>
    public static FeatureRange[] Of(TrainingRows rows)
    {
        var ranges = new FeatureRange[rows.FeatureCount];
        var stored = new int[rows.FeatureCount];
        Array.Fill(ranges, new FeatureRange(float.PositiveInfinity, float.NegativeInfinity, false));
        for (int row = 0; row < rows.Count; row++)
        {
            VBuffer<float> features = rows.Features(row);
            ReadOnlySpan<float> values = features.GetValues();
            ReadOnlySpan<int> indices = features.GetIndices();
            for (int i = 0; i < values.Length; i++)
            {
                int feature = features.IsDense ? i : indices[i];
                ranges[feature] = ranges[feature].With(values[i]);
                stored[feature]++;
            }
        }

        for (int feature = 0; feature < ranges.Length; feature++)
        {
            if (stored[feature] < rows.Count)
            {
                ranges[feature] = ranges[feature].With(0);
            }
        }

        return ranges;
    }

    private FeatureRange With(float value) => float.IsFinite(value)
        ? new FeatureRange(Math.Min(Lowest, value), Math.Max(Highest, value), IsMissing)
        : this with { IsMissing = true };
}
