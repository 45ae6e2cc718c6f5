using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.Data;

/// <summary>Reads ML.NET's data frames into memory, once.</summary>
public static class DataViewReader
{
    /// <summary>Reads features and targets.</summary>
    /// <param name="view">The data frame; read in one pass.</param>
    /// <param name="featuresColumn">A vector of single-precision numbers of known size.</param>
    /// <param name="labelColumn">
    /// A key (class labels, from 0 for the first key), a Boolean (labels 0 and 1), a number, or a vector of numbers (one target
    /// each). <see langword="null"/> to read no targets.
    /// </param>
    /// <param name="numbersAreLabels">Whether a number is a class label, a whole number from 0, and not a target value.</param>
    /// <param name="weightColumn">A number: the sample's weight. <see langword="null"/> for weight 1.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="ArgumentException">A column is missing or of an unsuitable type, or there are no rows.</exception>
    /// <exception cref="InvalidDataException">A label is missing or not a whole number, or a row's vector is longer or shorter than its column's type says.</exception>
    public static Dataset Read(
        IDataView view,
        string featuresColumn = "Features",
        string? labelColumn = "Label",
        bool numbersAreLabels = true,
        string? weightColumn = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        DataViewSchema.Column features = Column(view.Schema, featuresColumn, nameof(featuresColumn));
        if (features.Type is not VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType { RawType: var item } } vector || item != typeof(float))
        {
            throw new ArgumentException(
                $"Column '{featuresColumn}' has type {features.Type}; features need a vector of Single of known size.", nameof(featuresColumn));
        }

        var columns = new List<DataViewSchema.Column> { features };
        DataViewSchema.Column? label = labelColumn is null ? null : Column(view.Schema, labelColumn, nameof(labelColumn));
        DataViewSchema.Column? weight = weightColumn is null ? null : Column(view.Schema, weightColumn, nameof(weightColumn));
        columns.AddRange(new[] { label, weight }.OfType<DataViewSchema.Column>());

        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        LabelColumn? labels = label is null ? null : LabelColumn.Open(cursor, label.Value, numbersAreLabels);
        Func<float>? getWeight = weight is null ? null : LabelColumn.Number(cursor, weight.Value);
        var rows = new List<float[]>();
        var weights = new List<float>();
        VBuffer<float> buffer = default;
        while (cursor.MoveNext())
        {
            getFeatures(ref buffer);
            if (buffer.Length != vector.Size)
            {
                throw new InvalidDataException($"Row {rows.Count} has {buffer.Length} features in column '{featuresColumn}'; its type says {vector.Size}.");
            }

            var row = new float[vector.Size];
            buffer.CopyTo(row);
            rows.Add(row);
            labels?.ReadRow(rows.Count - 1);
            if (getWeight is not null)
            {
                weights.Add(getWeight());
            }
        }

        return new Dataset(FeatureMatrix.FromRows(rows), labels?.ToTargets(), weights.ToArray());
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name, string argument) =>
        schema.GetColumnOrNull(name)
        ?? throw new ArgumentException(
            $"There is no column '{name}'; the columns are {string.Join(", ", schema.Select(column => $"'{column.Name}'"))}.", argument);
}
