using SparseTraining.Reports;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Reporting;

/// <summary>Quantities against epochs: the mean over runs, and one standard deviation to either side.</summary>
internal static class Curves
{
    /// <summary>Accuracy on test data against epochs.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="runs">Runs of several methods; those without an epoch are left out.</param>
    /// <param name="lastEpoch">The last epoch to draw, or null for all.</param>
    /// <returns>The figure, or null if there is nothing to draw.</returns>
    public static Figure? Accuracy(string title, IEnumerable<RunResult> runs, int? lastEpoch = null)
    {
        LineSeries[] series =
        [
            .. runs.Where(run => run.History.Count > 0).GroupBy(run => run.Method)
                .Select(method => Series(method.Key, [.. method.Select(run => run.History.TestAccuracy)], lastEpoch)),
        ];
        return series.Length == 0 ? null : Figures.Lines(title, "epoch", new FigureAxis("accuracy on test data") { IsPercent = true }, series);
    }

    /// <summary>ζ against epochs, of the first run of each method: it is the same in all.</summary>
    public static Figure? Zeta(string title, IEnumerable<RunResult> runs)
    {
        LineSeries[] series =
        [
            .. runs.Where(run => run.History.Zeta.Any(double.IsFinite)).GroupBy(run => run.Method)
                .Select(method => Series(method.Key, [method.MaxBy(run => run.History.Count)!.History.Zeta], null)),
        ];
        return series.Length == 0 ? null : Figures.Lines(title, "epoch", new FigureAxis("ζ, share of links pruned") { Min = 0 }, series);
    }

    private static LineSeries Series(string method, IReadOnlyList<List<double>> runs, int? lastEpoch)
    {
        int epochs = Math.Min(runs.Max(run => run.Count), lastEpoch ?? int.MaxValue);
        var mean = new double[epochs];
        var lower = new double[epochs];
        var upper = new double[epochs];
        for (int e = 0; e < epochs; e++)
        {
            double[] values = [.. runs.Where(run => run.Count > e).Select(run => run[e])];
            double spread = Interval.StandardDeviation(values);
            (mean[e], lower[e], upper[e]) = (values.Average(), values.Average() - spread, values.Average() + spread);
        }

        var series = new LineSeries(MethodStyle.Name(method), [.. Enumerable.Range(1, epochs).Select(e => (double)e)], mean)
        {
            Style = MethodStyle.Style(method),
            Color = MethodStyle.Color(method),
        };
        return runs.Count < 2 ? series : series with { Lower = lower, Upper = upper };
    }
}
