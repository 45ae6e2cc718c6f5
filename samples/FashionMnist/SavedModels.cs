using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Persistence;
using SparseTraining.Training;
using Spectre.Console;

namespace FashionMnistSample;

/// <summary>Saves a model in each precision and shows what that costs.</summary>
internal static class SavedModels
{
    public static void Write(SparseMlp mlp, DirectoryInfo folder, Dataset test)
    {
        mlp.ClassNames = FashionMnist.ClassNames;
        folder.Create();
        Table table = new Table().AddColumns("File", "Bytes", "a link", "Test accuracy", "Log-loss").Border(TableBorder.Rounded);
        foreach (WeightPrecision precision in Enum.GetValues<WeightPrecision>())
        {
            string path = Path.Combine(folder.FullName, $"fashion-{precision}.sparse");
            mlp.Save(path, new ModelFileOptions { Precision = precision });
            EvaluationResult result = SparseMlp.Load(path).Evaluate(test);
            long bytes = new FileInfo(path).Length;
            table.AddRow(path, $"{bytes:N0}", $"{(double)bytes / mlp.LinkCount:F2}", $"{result.Accuracy:P2}", $"{result.LogLoss:F5}");
        }

        AnsiConsole.Write(table);
    }
}
