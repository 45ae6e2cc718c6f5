using Microsoft.ML;
using Microsoft.ML.Data;

using SparseTraining.MLNet;
using SparseTraining.Randomness;

// Not under SparseTraining, as a user's program is not, so that its names resolve as they do there.
namespace Documentation.Tests;

/// <summary>The programs in docs/mlnet.md are the ones below.</summary>
public sealed class DocumentationTests : IDisposable
{
    private const string ThisFile = "tests/SparseTraining.MLNet.Tests/DocumentationTests.cs";

    private readonly string _folder = Directory.CreateTempSubdirectory("sparse-mlnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_line_of_code_in_the_page_stands_here_in_the_same_order()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "SparseTraining.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string[] here = [.. File.ReadLines(Path.Combine(root, ThisFile)).Select(Same)];
        bool inBlock = false;
        int next = 0, lines = 0;
        foreach (string line in File.ReadLines(Path.Combine(root, "docs", "mlnet.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                (inBlock, next) = (line == "```csharp", 0);
            }
            else if (inBlock && line.Trim().Length > 0)
            {
                int found = Array.IndexOf(here, Same(line), next);
                Assert.True(found >= 0, $"docs/mlnet.md has the line '{line.Trim()}', which does not follow line {next} of {ThisFile}.");
                next = found + 1;
                lines++;
            }
        }

        Assert.InRange(lines, 30, 200);
    }

    [Fact]
    public void The_first_program_runs()
    {
        string path = Path.Combine(_folder, "flowers.csv");
        WriteFlowers(path);
        string flowersZip = Path.Combine(_folder, "flowers.zip");

        var context = new MLContext(seed: 1);
        IDataView data = context.Data.LoadFromTextFile<Flower>(path, hasHeader: true, separatorChar: ',');
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", "Species")
            .Append(context.MulticlassClassification.Trainers.SparseMlp())
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedSpecies", "PredictedLabel"));
        var model = pipeline.Fit(data);
        context.Model.Save(model, data.Schema, flowersZip);

        ITransformer loaded = context.Model.Load(flowersZip, out _);
        var engine = context.Model.CreatePredictionEngine<Flower, Prediction>(loaded);
        Prediction prediction = engine.Predict(new Flower { Features = [5.1f, 3.5f, 1.4f, 0.2f] });

        Assert.Equal("setosa", prediction.PredictedSpecies);
        Assert.Equal(2, prediction.Score.Length);
        engine.Dispose();
    }

    [Fact]
    public void The_options_are_those_of_a_trainer()
    {
        var context = new MLContext(seed: 1);
        var trainer = context.BinaryClassification.Trainers.SparseMlp(new SparseMlpTrainerOptions
        {
            LabelColumnName = "Churned",
            ExampleWeightColumnName = "Weight",
            NumberOfIterations = 50,
            NumberOfNetworks = 8,
            HiddenLayers = [128, 128],
        });

        Assert.Equal("Churned", trainer.Options.LabelColumnName);
        Assert.Equal(8, trainer.Options.NumberOfNetworks);
    }

    /// <summary>A file name of the page is a path of a temporary folder here.</summary>
    private static string Same(string line) => line.Trim().Replace("\"flowers.zip\"", "flowersZip", StringComparison.Ordinal);

    /// <summary>Two kinds of flowers, about as large as in Fisher's data.</summary>
    private static void WriteFlowers(string path)
    {
        var random = new RandomGenerator(1);
        File.WriteAllLines(path, ["SepalLength,SepalWidth,PetalLength,PetalWidth,Species", .. Enumerable.Range(0, 60).Select(i => i % 2 == 0
            ? FormattableString.Invariant($"{5 + Noise()},{3.4 + Noise()},{1.5 + Noise()},{0.2 + Noise()},setosa")
            : FormattableString.Invariant($"{6.6 + Noise()},{3 + Noise()},{5.6 + Noise()},{2 + Noise()},virginica"))]);

        double Noise() => 0.2 * random.NextGaussian();
    }
}

internal sealed class Flower
{
    [LoadColumn(0, 3)]
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}

internal sealed class Prediction
{
    public string PredictedSpecies { get; set; } = "";

    public float[] Score { get; set; } = [];
}
