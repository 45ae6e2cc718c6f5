using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNetComparison;

/// <summary>Trains one contender on one fold and lets ML.NET measure it.</summary>
internal static class Contest
{
    /// <returns>Accuracy (R² for regression) on the test rows, and seconds in Fit.</returns>
    public static (double Score, double Seconds) Run(Table table, Contender contender, int fold, int folds)
    {
        var context = new MLContext(seed: 1);
        (Example[] train, Example[] test) = table.Fold(fold, folds, seed: 1);
        IDataView Load(Example[] rows)
        {
            SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
            schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, table.FeatureCount);
            return context.Data.LoadFromEnumerable(rows, schema);
        }

        // Keys get the classes of all rows: with few rows a fold may lack one.
        string label = table.Task switch { Task.Multiclass => nameof(Example.Name), Task.Binary => nameof(Example.Answer), _ => nameof(Example.Value) };
        IEstimator<ITransformer> pipeline = table.Task == Task.Multiclass
            ? context.Transforms.Conversion.MapValueToKey("Label", label, keyData: Names(context, table))
            : context.Transforms.CopyColumns("Label", label);
        if (contender.NeedsPreparation)
        {
            pipeline = pipeline
                .Append(context.Transforms.ReplaceMissingValues("Features", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
                .Append(context.Transforms.NormalizeMeanVariance("Features"))
                .AppendCacheCheckpoint(context);
        }

        var whole = pipeline.Append(contender.Trainer(context));
        long start = Stopwatch.GetTimestamp();
        var model = whole.Fit(Load(train));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        IDataView scored = model.Transform(Load(test));
        double score = table.Task switch
        {
            Task.Multiclass => context.MulticlassClassification.Evaluate(scored).MicroAccuracy,
            Task.Binary => context.BinaryClassification.EvaluateNonCalibrated(scored).Accuracy,
            _ => context.Regression.Evaluate(scored).RSquared,
        };
        return (score, seconds);
    }

    private static IDataView Names(MLContext context, Table table) =>
        context.Data.LoadFromEnumerable(table.Rows.Select(row => row.Name).Distinct().Order(StringComparer.Ordinal).Select(name => new Key { Name = name }));

    private sealed class Key
    {
        public string Name { get; set; } = "";
    }
}
