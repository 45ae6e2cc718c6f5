using System.Globalization;
using SparseTraining.Reports.Drawing;
using SparseTraining.Training;

namespace SparseTraining.Reports;

/// <summary>
/// How a run went: loss, metrics, learning rate, ζ, links pruned and grown, and where the time went, epoch by epoch.
/// </summary>
public sealed class TrainingReport : Report
{
    private readonly IReadOnlyList<EpochRecord> _epochs;
    private readonly double[] _numbers;

    /// <summary>Makes the report of a run.</summary>
    /// <param name="result">What <c>Fit</c> returned.</param>
    /// <param name="title">What stands on top.</param>
    /// <param name="subtitle">A line below it, or empty.</param>
    public TrainingReport(FitResult result, string title = "Training", string subtitle = "")
        : base(title, subtitle)
    {
        ArgumentNullException.ThrowIfNull(result);
        _epochs = result.History;
        _numbers = [.. _epochs.Select(epoch => (double)epoch.Epoch)];
        AddFacts(result);
        AddLearning(result);
        AddSchedules();
        AddTime(result);
    }

    private void AddFacts(FitResult result)
    {
        EpochRecord best = _epochs[result.BestEpoch - 1];
        var facts = new List<(string, string)>();
        if (best.Validation is { } validation)
        {
            facts.Add(double.IsNaN(validation.Accuracy)
                ? ("Best validation RMSE", NumberText.Value(validation.RootMeanSquaredError))
                : ("Best validation accuracy", Percent(validation.Accuracy)));
        }

        facts.Add(("Best epoch", Text($"{result.BestEpoch} of {_epochs.Count}")));
        facts.Add(("Training", TimeText.Of(result.TrainingSeconds)));
        facts.Add(("Rewiring", TimeText.Of(result.RewireSeconds)));
        facts.Add(("Memory of training", ByteText.Of(result.TrainingStateBytes)));
        Add(page => page.Facts(facts));
        string end = result.StopReason switch
        {
            StopReason.EarlyStopping => "Early stopping ended the run",
            StopReason.Callback => "A callback ended the run",
            _ => "The run had all its epochs",
        };
        string weights = result.RestoredBestWeights ? "went back to the weights of the best epoch" : "has the weights of the last epoch";
        Add(page => page.Paragraph(Text($"{end}; the model {weights}.")));
    }

    private void AddLearning(FitResult result)
    {
        AddHeading("Learning");
        bool hasValidation = _epochs.Any(epoch => epoch.Validation is not null);
        string remark = hasValidation ? "Training values are those seen while training, with dropout on and weights changing." : "";
        Add(Chart("Loss", "mean loss of a sample", Series("training", epoch => epoch.TrainingLoss), Series("validation", epoch => epoch.Validation?.Loss)), remark);
        var percent = new FigureAxis("share of samples right") { IsPercent = true };
        if (_epochs.Any(epoch => double.IsFinite(epoch.TrainingAccuracy)))
        {
            Add(
                Chart("Accuracy", percent, Series("training", epoch => epoch.TrainingAccuracy), Series("validation", epoch => epoch.Validation?.Accuracy)),
                hasValidation ? Text($"The best epoch is {result.BestEpoch}.") : "");
        }

        if (hasValidation)
        {
            bool isRegression = double.IsNaN(_epochs[0].TrainingAccuracy);
            AddRow(isRegression
                ? [.. Charts(
                    ("Root mean squared error", "RMSE", epoch => epoch.Validation?.RootMeanSquaredError),
                    ("Share of variance explained, R²", "R²", epoch => epoch.Validation?.RSquared))]
                : [.. Charts(
                    ("Macro F1 on validation data", percent with { Label = "F1" }, epoch => epoch.Validation?.MacroF1),
                    ("Log-loss on validation data", "nats", epoch => epoch.Validation?.LogLoss))]);
        }
    }

    private void AddSchedules()
    {
        AddHeading("Schedules and links");
        bool hasRewires = _epochs.Any(epoch => double.IsFinite(epoch.Zeta));
        Figure[] figures =
        [
            .. Charts(("Learning rate", "", epoch => epoch.LearningRate)),
            .. hasRewires ? Charts(("Share ζ of links pruned per rewire", new FigureAxis("") { IsPercent = true, Min = 0 }, epoch => epoch.Zeta)) : [],
        ];
        AddRow(figures);
        if (!hasRewires)
        {
            Add(page => page.Paragraph("The topology did not change."));
            return;
        }

        bool areEqual = _epochs.All(epoch => epoch.LinksPruned == epoch.LinksGrown);
        LineSeries pruned = Series(areEqual ? "pruned and grown" : "pruned", epoch => IfRewired(epoch, epoch.LinksPruned))!;
        Add(Chart(
            areEqual ? "Links pruned per epoch, and as many grown" : "Links pruned and grown per epoch",
            new FigureAxis("links") { Min = 0 },
            pruned,
            areEqual ? null : Series("grown", epoch => IfRewired(epoch, epoch.LinksGrown))));
        Add(page => page.Paragraph(Text($"{_epochs.Sum(epoch => epoch.LinksPruned):N0} links were pruned and {_epochs.Sum(epoch => epoch.LinksGrown):N0} grown in the whole run.")));
    }

    private void AddTime(FitResult result)
    {
        AddHeading("Time");
        double[] seconds = [result.TrainingSeconds, result.RewireSeconds, result.EvaluationSeconds];
        Add(Reports.Figures.Bars("Where the time went", "seconds", ["training steps", "rewiring", "validation"], new BarSeries("seconds", seconds)));
        Add(Chart(
            "Time per epoch",
            new FigureAxis("seconds") { Min = 0 },
            Series("training steps", epoch => epoch.TrainingSeconds),
            Series("rewiring", epoch => epoch.RewireSeconds),
            result.EvaluationSeconds > 0 ? Series("validation", epoch => epoch.EvaluationSeconds) : null), "The first epochs also compile the code.");
    }

    private static Figure Chart(string title, FigureAxis y, params IEnumerable<LineSeries?> series) =>
        Reports.Figures.Lines(title, "epoch", y, series.OfType<LineSeries>());

    /// <summary>A chart for each value that is known in some epoch.</summary>
    private IEnumerable<Figure> Charts(params IEnumerable<(string Title, FigureAxis Axis, Func<EpochRecord, double?> Value)> charts) =>
        from chart in charts
        let series = Series(chart.Title, chart.Value)
        where series is not null
        select Chart(chart.Title, chart.Axis, series);

    private LineSeries? Series(string name, Func<EpochRecord, double?> value)
    {
        double[] values = [.. _epochs.Select(epoch => value(epoch) ?? double.NaN)];
        return values.Any(double.IsFinite) ? new LineSeries(name, _numbers, values) : null;
    }

    /// <summary>An epoch without a rewire leaves a gap rather than a fall to 0.</summary>
    private static double IfRewired(EpochRecord epoch, long links) => double.IsNaN(epoch.Zeta) ? double.NaN : links;

    private static string Percent(double share) => Text($"{100 * share:F2} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
