using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SparseTraining.Data;
using SparseTraining.Datasets;

namespace SparseTraining.Onnx.Tests;

/// <summary>The programs in docs/onnx.md are the ones compiled and run here.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public DocumentationTests() => Environment.CurrentDirectory = _folder.FullName;

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_page_shows_what_runs_here()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "SparseTraining.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string[] shown = Lines(string.Concat(Block().Matches(Read("docs/onnx.md")).Select(block => block.Groups[1].Value)));
        string[] compiled = Lines(string.Concat(Marked().Matches(Read("tests/SparseTraining.Onnx.Tests/DocumentationTests.cs")).Select(part => part.Groups[1].Value)));
        Assert.NotEmpty(compiled);
        Assert.Equal(compiled, shown);

        string Read(string path) => File.ReadAllText(Path.Combine(root, path)).ReplaceLineEndings("\n");
    }

    [Fact]
    public void What_it_shows_works()
    {
        Export();
        (string[] labels, float[] probabilities) = Predict();
        Assert.Equal(2, labels.Length);
        Assert.All(labels, label => Assert.Contains(label, Digits.ClassNames));
        Assert.Equal(20, probabilities.Length);
        Assert.True(new FileInfo("small.onnx").Length <= new FileInfo("digits.onnx").Length);
    }

    private static void Export()
    {
        // <page>
        (Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);
        var model = new SparseMlp(64, [256], 10, new SparseMlpOptions { FeatureScaling = FeatureScaling.MinMax }) { ClassNames = Digits.ClassNames };
        model.Fit(train, new FitOptions { Epochs = 10 });

        model.ExportOnnx("digits.onnx");
        model.ExportOnnx("small.onnx", new OnnxExportOptions { Weights = OnnxWeightFormat.Sparse });
        // </page>
        Assert.True(model.Evaluate(test).Accuracy > 0.9);
    }

    private static (string[] Labels, float[] Probabilities) Predict()
    {
        // <page>
        using var session = new InferenceSession("digits.onnx");
        var samples = new DenseTensor<float>(new float[2 * 64], [2, 64]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("features", samples)]);
        string[] labels = [.. results.First(result => result.Name == "label").AsEnumerable<string>()];
        float[] probabilities = [.. results.First(result => result.Name == "probabilities").AsEnumerable<float>()];
        // </page>
        return (labels, probabilities);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *// <page>\n(.*?)^ *// </page>$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Marked();
}
