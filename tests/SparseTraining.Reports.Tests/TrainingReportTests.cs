using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Training;

namespace SparseTraining.Reports.Tests;

public sealed class TrainingReportTests
{
    [Fact]
    public void A_sparse_run_shows_all_that_was_recorded()
    {
        FitResult result = Runs.Fit(Runs.Digits());
        var report = new TrainingReport(result, "Digits", "two hidden layers");
        string[] titles = [.. report.Figures.Select(figure => figure.Title)];
        Assert.Equal(
            [
                "Loss", "Accuracy", "Macro F1 on validation data", "Log-loss on validation data", "Learning rate", "Share ζ of links pruned per rewire",
                "Links pruned per epoch, and as many grown", "Where the time went", "Time per epoch",
            ],
            titles);
        string html = report.ToPage().ToHtml();
        Assert.All(titles, title => Assert.Contains(title, System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal));
        Assert.Contains(FormattableString.Invariant($"{100 * result.History[result.BestEpoch - 1].Validation!.Accuracy:F2} %"), html, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{result.History.Sum(epoch => epoch.LinksPruned):N0} links were pruned"), html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_run_of_one_epoch_without_validation_has_a_report_too()
    {
        var report = new TrainingReport(Runs.Fit(Runs.Digits(EvolutionInterval.Never), epochs: 1, validates: false));
        Assert.Equal(["Loss", "Accuracy", "Learning rate", "Where the time went", "Time per epoch"], report.Figures.Select(figure => figure.Title));
        Assert.Contains("The topology did not change.", report.ToPage().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Regression_has_errors_in_place_of_accuracy()
    {
        float[][] rows = [.. Enumerable.Range(0, 60).Select(i => new[] { i / 60f, 1 - (i / 60f), 0.5f })];
        float[] targets = [.. rows.Select(row => 3 * row[0])];
        var data = new Dataset(FeatureMatrix.FromRows(rows), Targets.FromValues(targets));
        var model = new SparseMlp(3, [8], 1, new SparseMlpOptions { Task = MlpTask.Regression, Epsilon = 2 });
        var report = new TrainingReport(model.Fit(data, new FitOptions { Epochs = 3, Validation = data }));
        string[] titles = [.. report.Figures.Select(figure => figure.Title)];
        Assert.Contains("Root mean squared error", titles);
        Assert.Contains("Share of variance explained, R²", titles);
        Assert.DoesNotContain("Accuracy", titles);
    }

    [Fact]
    public void Figures_are_exported_as_svg_and_png()
    {
        var report = new TrainingReport(Runs.Fit(Runs.Digits(), epochs: 2));
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        report.SaveFigures(folder, scale: 1);
        string[] names = [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)!).Order()];
        string[] first = ["01-loss.png", "01-loss.svg", "02-accuracy.png", "02-accuracy.svg"];
        string[] kinds = Figure.CanDrawPng ? [".png", ".svg"] : [".svg"];
        Assert.Equal(kinds.Length * report.Figures.Count, names.Length);
        Assert.Equal(first.Where(name => kinds.Contains(Path.GetExtension(name))), names[..(2 * kinds.Length)]);
        Directory.Delete(folder, recursive: true);
    }
}
