using Microsoft.ML;
using Microsoft.ML.Data;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Randomness;

namespace SparseTraining.MLNet.Tests;

/// <summary>Data that several tests use.</summary>
internal static class Samples
{
    public static readonly string[] FeatureNames = ["first", "second", "third", "noise"];

    /// <summary>Options that make a test fast.</summary>
    public static SparseMlpTrainerOptions Small { get; } = new()
    {
        NumberOfIterations = 20,
        HiddenLayers = [16],
        NumberOfNetworks = 2,
        LearningRate = 0.02,
        BatchSize = 32,
        Seed = 1,
    };

    /// <summary>
    /// Four features in [-1, 1]; the first two decide: the value is 3 first + second + 10, yes where it is above 10, and the
    /// name one of three ranges.
    /// </summary>
    public static Example[] Examples(int count, ulong seed = 1)
    {
        var random = new RandomGenerator(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [Next(), Next(), Next(), Next()];
            float value = 3 * features[0] + features[1] + 10;
            return new Example { Features = features, Value = value, Label = value > 10, Name = value < 9 ? "low" : value < 11 ? "middle" : "high" };
        })];

        float Next() => (float)(2 * random.NextDouble() - 1);
    }

    /// <summary>The examples as a data view whose features have names.</summary>
    public static IDataView View(this MLContext context, IEnumerable<Example> examples)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        VBuffer<ReadOnlyMemory<char>> names = new(4, [.. FeatureNames.Select(name => name.AsMemory())]);
        schema[nameof(Example.Features)].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, 4));
        return context.Data.LoadFromEnumerable(examples, schema);
    }

    /// <summary>A classifier of <see cref="Example.Name"/> whose prediction is the name again.</summary>
    public static IEstimator<ITransformer> NamePipeline(this MLContext context, SparseMlpTrainerOptions? options = null) =>
        context.Transforms.Conversion.MapValueToKey("Key", nameof(Example.Name))
            .Append(context.MulticlassClassification.Trainers.SparseMlp((options ?? Small) with { LabelColumnName = "Key" }))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedName", "PredictedLabel"));

    /// <summary>Three quarters of the digits to train on, the rest to test.</summary>
    public static (IDataView Train, IDataView Test) Digits(this MLContext context)
    {
        (Dataset train, Dataset test) = DataSplit.Stratified(Datasets.Digits.Load(), 0.25, seed: 1);
        return (context.Data.LoadFromEnumerable(Rows(train)), context.Data.LoadFromEnumerable(Rows(test)));

        static List<Digit> Rows(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(i =>
        {
            var digit = new Digit { Features = new float[64], Name = Datasets.Digits.ClassNames[data.Label(i)] };
            data.CopyFeatures(i, digit.Features);
            return digit;
        })];
    }
}
