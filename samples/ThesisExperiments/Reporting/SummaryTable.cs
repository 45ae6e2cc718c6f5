using System.Globalization;
using SparseTraining.Reports;
using ThesisExperiments.Claims;

namespace ThesisExperiments.Reporting;

/// <summary>The table of all methods on a data set.</summary>
internal static class SummaryTable
{
    private static readonly string[] Headers =
        ["Method", "Runs", "Epochs", "Final accuracy", "Best", "Epoch", "Rewire", "Sample", "Parameters", "Memory"];

    public static void AddTo(ReportPage page, IEnumerable<SummaryRow> rows) => page.Table(Headers, rows.Select(row => (IReadOnlyList<string>)
    [
        Name(row),
        row.Diverged > 0 ? $"{row.Runs} ({row.Diverged} diverged)" : Invariant($"{row.Runs}"),
        row.LeastEpochs == row.MostEpochs ? Invariant($"{row.MostEpochs}") : Invariant($"{row.LeastEpochs} to {row.MostEpochs}"),
        double.IsFinite(row.Final.HalfWidth) ? Invariant($"{100 * row.Final.Mean:F2} ± {100 * row.Final.HalfWidth:F2} %") : Words.Percent(row.Final.Mean),
        Words.Percent(row.BestMean),
        Seconds(row.TrainingSeconds),
        Seconds(row.EvolutionSeconds),
        double.IsFinite(row.InferenceMicroseconds) ? Invariant($"{row.InferenceMicroseconds:F1} µs") : "–",
        Words.Count(row.Parameters),
        row.TrainingBytes > 0 ? Invariant($"{row.TrainingBytes / 1e6:F1} MB") : "–",
    ]));

    private static string Name(SummaryRow row) => row.MethodName + (row.FirstWeights switch
    {
        "DenseFanIn" => ", dense fan-in",
        "Normal" => ", normal 0.1",
        _ => "",
    });

    private static string Seconds(double seconds) => seconds switch
    {
        >= 1 => Invariant($"{seconds:F2} s"),
        >= 0 => Invariant($"{1000 * seconds:F2} ms"),
        _ => "–",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
