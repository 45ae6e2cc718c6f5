using System.Globalization;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Reporting;

/// <summary>What the runs of one method on one data set came to.</summary>
internal sealed record SummaryRow(
    DataFacts Data, string Configuration, string MethodName, string SettingsName, string FirstWeights, int Runs, int Completed, int Diverged, int LeastEpochs,
    int MostEpochs, Interval Final, double BestMean, double TrainingSeconds, double EvolutionSeconds, double InferenceMicroseconds,
    double SingleSampleMicroseconds, long Parameters, long DenseParameters, long TrainingBytes, long ModelBytes)
{
    /// <summary>The header of <see cref="Cells"/> in the CSV file.</summary>
    public static string[] Header { get; } =
    [
        "data", "generated", "configuration", "settings", "first_weights", "runs", "completed", "diverged", "least_epochs", "most_epochs", "final_accuracy_mean",
        "final_accuracy_low", "final_accuracy_high", "best_accuracy_mean", "median_training_seconds_per_epoch", "median_evolution_seconds",
        "inference_microseconds_per_sample", "single_sample_microseconds", "parameters", "dense_parameters", "training_bytes", "model_file_bytes",
    ];

    public static IReadOnlyList<SummaryRow> Of(IEnumerable<RunResult> runs) =>
        [.. runs.GroupBy(run => (run.Data.Key, run.Configuration)).Select(group => Of([.. group]))];

    public string[] Cells() =>
    [
        Data.Key, Data.IsGenerated ? "yes" : "no", Configuration, SettingsName, FirstWeights, Text(Runs), Text(Completed), Text(Diverged), Text(LeastEpochs), Text(MostEpochs),
        Number(Final.Mean), Number(Final.Low), Number(Final.High), Number(BestMean), Number(TrainingSeconds), Number(EvolutionSeconds),
        Number(InferenceMicroseconds), Number(SingleSampleMicroseconds), Text(Parameters), Text(DenseParameters), Text(TrainingBytes), Text(ModelBytes),
    ];

    private static SummaryRow Of(IReadOnlyList<RunResult> runs)
    {
        RunResult first = runs[0];
        RunResult[] withEpochs = [.. runs.Where(run => run.History.Count > 0)];
        RunResult[] scored = [.. runs.Where(run => run.History.Count > 0 || run.Status == RunStatus.Diverged)];
        return new SummaryRow(
            first.Data, first.Configuration, first.MethodName, first.SettingsName, first.FirstWeights, runs.Count,
            runs.Count(run => run.Status == RunStatus.Completed), runs.Count(run => run.Status == RunStatus.Diverged),
            runs.Min(run => run.History.Count), runs.Max(run => run.History.Count),
            Interval.Of([.. scored.Select(run => run.ScoredAccuracy)]),
            withEpochs.Length == 0 ? double.NaN : withEpochs.Average(run => run.BestAccuracy),
            Median(runs, run => run.Times.MedianTrainingSeconds), Median(runs, run => run.Times.MedianEvolutionSeconds),
            Median(runs, run => run.Times.InferenceMicrosecondsPerSample), Median(runs, run => run.Times.SingleSampleMicroseconds),
            first.ParameterCount, first.DenseParameterCount, runs.Max(run => run.Bytes.Training), runs.Max(run => run.Bytes.ModelFile));
    }

    private static double Median(IEnumerable<RunResult> runs, Func<RunResult, double> value) =>
        Numbers.Median(runs.Select(value).Where(double.IsFinite));

    private static string Number(double value) => ResultFolder.Cell(History.Significant(value));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
