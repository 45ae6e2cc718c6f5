using System.Diagnostics;
using System.Text.Json;
using SparseTraining;
using SparseTraining.Training;

namespace FashionMnistSample;

/// <summary>What a run came to, as it stands in the JSON file. Seconds are medians over the epochs.</summary>
internal sealed record RunResult(
    string Method,
    ulong Seed,
    long Links,
    long DenseParameters,
    IReadOnlyList<double> Accuracy,
    double FinalAccuracy,
    double BestAccuracy,
    double TrainSecondsPerEpoch,
    double RewireSecondsPerEpoch,
    double EvaluateSecondsPerEpoch,
    long TrainingStateBytes,
    long PeakWorkingSetBytes)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    public static RunResult From(Settings settings, SparseMlp mlp, FitResult fit)
    {
        double[] accuracy = [.. fit.History.Select(epoch => epoch.Validation!.Accuracy)];
        using Process process = Process.GetCurrentProcess();
        return new RunResult(
            settings.Method,
            settings.Seed,
            mlp.LinkCount,
            mlp.Summary().DenseParameterCount,
            accuracy,
            accuracy[^1],
            accuracy.Max(),
            Median(fit.History.Select(epoch => epoch.TrainingSeconds)),
            Median(fit.History.Select(epoch => epoch.RewireSeconds)),
            Median(fit.History.Select(epoch => epoch.EvaluationSeconds)),
            fit.TrainingStateBytes,
            process.PeakWorkingSet64);
    }

    public void Save(FileInfo file) => File.WriteAllText(file.FullName, JsonSerializer.Serialize(this, Format) + "\n");

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
