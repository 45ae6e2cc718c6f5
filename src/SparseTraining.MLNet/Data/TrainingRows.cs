using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace SparseTraining.MLNet.Data;

/// <summary>
/// The training data, read once. Rows keep the form that they have in the data view, dense or sparse, and are the only copy
/// of the features that training makes.
/// </summary>
internal sealed class TrainingRows
{
    private readonly List<VBuffer<float>> _features = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];

    private TrainingRows(int featureCount) => FeatureCount = featureCount;

    /// <summary>Rows that can be trained on.</summary>
    public int Count => _features.Count;

    /// <summary>Features of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Rows that were passed over because label or weight is missing, or the weight is not above 0.</summary>
    public int Skipped { get; private set; }

    /// <summary>Class labels from 0, or target values.</summary>
    public IReadOnlyList<float> Labels => _labels;

    /// <summary>Weights with mean 1; empty where no column gives any.</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <summary>The features of a row; missing ones are NaN.</summary>
    public VBuffer<float> Features(int row) => _features[row];

    /// <summary>Reads features, labels and weights in one pass, in the order of the data view.</summary>
    /// <param name="data">The data view and which column is what.</param>
    /// <param name="host">Who asks; a cancelled environment ends the reading.</param>
    /// <exception cref="ArgumentException">No row can be trained on.</exception>
    /// <exception cref="InvalidOperationException">A row has another number of features than the column states.</exception>
    public static TrainingRows Read(RoleMappedData data, IHost host)
    {
        data.CheckFeatureFloatVector(out int featureCount);
        var rows = new TrainingRows(featureCount);
        var columns = new[] { data.Schema.Feature, data.Schema.Label, data.Schema.Weight }.OfType<DataViewSchema.Column>();
        using DataViewRowCursor cursor = data.Data.GetRowCursor(columns);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetFeatureFloatVectorGetter(data);
        ValueGetter<float> getLabel = cursor.GetLabelFloatGetter(data);
        ValueGetter<float>? getWeight = cursor.GetOptWeightFloatGetter(data);
        VBuffer<float> features = default;
        float label = 0, weight = 1;
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            getLabel(ref label);
            getWeight?.Invoke(ref weight);
            if (!float.IsFinite(label) || !float.IsFinite(weight) || weight <= 0)
            {
                rows.Skipped++;
                continue;
            }

            getFeatures(ref features);
            RowSize.Check(features, featureCount, cursor.Position);
            VBuffer<float> copy = default;
            features.CopyTo(ref copy);
            rows._features.Add(copy);
            rows._labels.Add(label);
            if (getWeight is not null)
            {
                rows._weights.Add(weight);
            }
        }

        if (rows.Count == 0)
        {
            throw host.ExceptParam(nameof(data), $"There is no row to train on; {rows.Skipped} have no label, or no weight above 0.");
        }

        rows.ScaleWeights();
        return rows;
    }

    /// <summary>Brings the mean weight to 1: only ratios say anything.</summary>
    private void ScaleWeights()
    {
        double sum = 0;
        foreach (float weight in _weights)
        {
            sum += weight;
        }

        // Rounded to a float, but where that would be infinite or lose digits: weights may be as small as floats get.
        double exact = _weights.Count / sum;
        double factor = float.IsNormal((float)exact) ? (float)exact : exact;
        for (int i = 0; i < _weights.Count; i++)
        {
            _weights[i] = (float)(_weights[i] * factor);
        }
    }
}
