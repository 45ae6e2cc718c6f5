using System.Globalization;
using SparseTraining.Reports;
using ThesisExperiments.Claims;
using ThesisExperiments.Definitions;
using ThesisExperiments.Results;

namespace ThesisExperiments.Reporting;

/// <summary>
/// The report of an experiment from its result files alone: one HTML page, the figures as SVG and PNG beside it, and the numbers
/// as CSV. Works with whatever results there are.
/// </summary>
internal sealed class ExperimentReport(Experiment experiment, ResultFolder folder)
{
    private const int Zoom = 100;
    private readonly IReadOnlyList<RunResult> _runs = [.. folder.Runs(experiment.Key).OrderBy(run => MethodStyle.Order(run.Method))];
    private readonly IReadOnlyList<TimingResult> _timings = folder.Timings(experiment.Key);
    private readonly List<(string Name, Figure Figure)> _figures = [];

    /// <summary>Writes all files.</summary>
    /// <returns>The path of the page, or null if the experiment has no results.</returns>
    public string? Write()
    {
        if (_runs.Count == 0 && _timings.Count == 0)
        {
            return null;
        }

        IReadOnlyList<Claim> claims = AllClaims.Of(experiment, _runs, _timings);
        ReportPage page = Begin();
        AddVerdicts(page, claims);
        foreach (Evidence evidence in Parts())
        {
            AddData(page, evidence, claims);
        }

        AddMethod(page);
        string root = folder.Experiment(experiment.Key);
        string path = Path.Combine(root, "report.html");
        page.Save(path);
        ResultFolder.Write(Path.Combine(root, "summary.csv"), ResultFolder.Csv(SummaryRow.Header, SummaryRow.Of(_runs).Select(row => row.Cells())));
        ResultFolder.Write(Path.Combine(root, "claims.csv"), ResultFolder.Csv(
            ["subject", "claim", "source", "reported", "measured", "verdict", "reason"],
            claims.Select(claim => (string[])[claim.Subject, claim.Text, claim.Source, claim.Reported, claim.Measured, claim.Outcome.Words(), claim.Reason])));
        SaveFigures(Path.Combine(root, "figures"));
        return path;
    }

    private ReportPage Begin()
    {
        Machine machine = _runs.Count > 0 ? _runs[0].Machine : _timings[0].Machine;
        var page = new ReportPage(
            $"{experiment.Title}: the thesis and this run",
            $"{machine.Cpu}, {machine.Threads} threads, {machine.Runtime}, SparseTraining {machine.Library}");
        if (_runs.Any(run => run.Quick) || _timings.Any(timing => timing.Quick))
        {
            page.Paragraph("This is a quick run with small networks, few samples and few epochs. It shows that everything works; its numbers say nothing about the thesis.");
        }

        string[] generated = [.. _runs.Select(run => run.Data).Concat(_timings.Select(timing => timing.Data)).Where(data => data.IsGenerated).Select(data => data.Name).Distinct()];
        if (generated.Length > 0)
        {
            page.Paragraph($"Not at hand, and replaced by generated data of the same shape and class sizes: {string.Join(", ", generated)}. Times and numbers of parameters carry over to the real data, accuracies do not.");
        }

        page.Facts(
            ("Finished runs", Text(_runs.Count(run => run.Status == RunStatus.Completed))),
            ("Diverged", Text(_runs.Count(run => run.Status == RunStatus.Diverged))),
            ("Unfinished", Text(_runs.Count(run => run.Status == RunStatus.Unfinished))),
            ("Timed rounds", Text(_timings.Sum(timing => timing.MeasuredRounds))),
            ("Epochs trained", Text(_runs.Sum(run => run.History.Count))));
        return page;
    }

    private static void AddVerdicts(ReportPage page, IReadOnlyList<Claim> claims)
    {
        page.Heading("What holds up");
        page.Facts(Enum.GetValues<Outcome>().Select(outcome => (Capital(outcome.Words()), Text(claims.Count(claim => claim.Outcome == outcome)))));
        page.Paragraph("Each verdict comes from a 95 % confidence interval (Student t): of the difference within runs with the same seed and split, of the ratio within rounds in which networks took turns, or of a mean over runs. "
            + "A claim holds if the whole interval lies where it says, does not hold if the whole interval lies elsewhere, and is within noise otherwise.");
        page.Table(
            ["Subject", "Claim", "Source", "Reported", "Measured", "Verdict"],
            claims.Select(claim => (IReadOnlyList<string>)[claim.Subject, claim.Text, claim.Source, claim.Reported, claim.Measured, claim.Outcome.Words()]));
    }

    /// <summary>The verdicts in sentences. Counted numbers need none, and nothing can be said of what was not measured but why.</summary>
    private static void AddFindings(ReportPage page, IEnumerable<Claim> claims)
    {
        foreach (Claim claim in claims.Where(claim => !claim.IsCounted))
        {
            Verdict verdict = claim.Outcome switch
            {
                Outcome.Holds => Verdict.Holds,
                Outcome.DoesNotHold => Verdict.Fails,
                _ => Verdict.Open,
            };
            string open = verdict == Verdict.Open ? $"{Capital(claim.Outcome.Words())}. " : "";
            page.Finding(verdict, $"{claim.Text}.", $"{open}{Capital(claim.Source)}: {claim.Reported}. {claim.Reason}");
        }
    }

    /// <summary>The results by data set and settings.</summary>
    private IEnumerable<Evidence> Parts() =>
        from data in experiment.Data
        from settings in (string[])[TrainingSettings.ThesisName, TrainingSettings.RecommendedName]
        let evidence = new Evidence(
            settings,
            [.. _runs.Where(run => run.Data.Key == data && run.SettingsName == settings)],
            [.. _timings.Where(timing => timing.Data.Key == data && timing.SettingsName == settings)])
        where evidence.Data is not null
        select evidence;

    private void AddData(ReportPage page, Evidence evidence, IReadOnlyList<Claim> claims)
    {
        DataFacts data = evidence.Data!;
        string name = evidence.Subject(data.Name), file = $"{data.Key}-{evidence.SettingsName}";
        page.Heading(name);
        page.Paragraph(FormattableString.Invariant(
            $"{data.TrainSamples:N0} samples to train on, {data.TestSamples:N0} to test on, {data.Features:N0} features, {data.Classes} classes."));
        foreach (string weights in evidence.Runs.Select(run => run.FirstWeights).Distinct())
        {
            AddCurves(page, [.. evidence.Runs.Where(run => run.FirstWeights == weights)], weights, name, file);
        }

        AddFindings(page, claims.Where(claim => claim.Data == data.Key && claim.SettingsName == evidence.SettingsName));

        if (evidence.Runs.Count > 0)
        {
            page.Subheading("Methods");
            SummaryTable.AddTo(page, SummaryRow.Of(evidence.Runs));
            page.Paragraph("Final accuracy is the mean over runs with its 95 % confidence interval; a run that diverged counts as guessing. Best is that after the best epoch, chosen on the test data, and so an optimistic figure. "
                + "Epoch is the time of its training steps, sample that of inference where many are predicted at once, memory all that training keeps; times are medians of separate runs, between which the machine may have been busy with other things; the bars below are from networks that took turns.");
        }

        Figure?[] bars =
        [
            Keep($"training-time-{file}", TimeFigures.Training($"Training time, {name}", evidence)),
            Keep($"inference-time-{file}", TimeFigures.Inference($"Inference time, {name}", evidence)),
            Keep($"parameters-{file}", ParameterFigure.Make($"Parameters, {name}", evidence)),
            Keep($"memory-{file}", TimeFigures.Memory($"Memory for training, {name}", evidence)),
        ];
        if (bars.Any(figure => figure is not null))
        {
            page.Subheading("What it costs");
            page.AddRow(bars.OfType<Figure>());
        }

        if (Keep($"zeta-{file}", Curves.Zeta($"ζ against epoch, {name}", evidence.Runs.Where(run => MethodStyle.Family(run.Method) == "sparse"))) is { } zeta)
        {
            page.Add(zeta, "The share of links that is pruned and grown again at the end of an epoch. After the last epoch nothing is rewired.");
        }
    }

    private void AddCurves(ReportPage page, IReadOnlyList<RunResult> runs, string weights, string name, string file)
    {
        string with = weights switch { "DenseFanIn" => ", first weights on the dense fan-in", "Normal" => ", first weights normal 0.1", _ => "" };
        string suffix = weights == "Default" ? "" : $"-{weights.ToLowerInvariant()}";
        foreach (string family in runs.Select(run => MethodStyle.Family(run.Method)).Distinct())
        {
            // The dense baseline belongs to every family.
            RunResult[] shown = [.. runs.Where(run => MethodStyle.Family(run.Method) == family || run.Method == "dense")];
            string layers = family switch { "masked" => ", masked dense", "rebuilt" => ", masked dense rebuilt each epoch", _ => "" };
            string key = $"accuracy-{file}{suffix}{(family == "sparse" ? "" : $"-{family}")}";
            if (Keep(key, Curves.Accuracy($"Accuracy against epoch, {name}{layers}{with}", shown)) is { } figure)
            {
                page.Add(figure, "Lines are means over runs, bands one standard deviation to either side (none with one run).");
            }

            bool isLong = shown.Any(run => run.History.Count > Zoom);
            if (experiment.Key == "deep" && isLong && Keep($"{key}-zoom", Curves.Accuracy($"The first {Zoom} epochs, {name}{layers}{with}", shown, Zoom)) is { } zoom)
            {
                page.Add(zoom);
            }
        }
    }

    private void AddMethod(ReportPage page)
    {
        page.Heading("How it was measured");
        foreach (IGrouping<string, SortedDictionary<string, string>> settings in _runs.Select(run => run.Settings)
            .Concat(_timings.Select(timing => timing.Settings)).GroupBy(settings => settings["settings"]))
        {
            string[] keys = [.. settings.SelectMany(one => one.Keys).Distinct().Order(StringComparer.Ordinal)];
            page.Subheading($"Settings: {settings.Key}");
            page.Table(["Setting", "Values"], keys.Select(key => (IReadOnlyList<string>)
                [key, string.Join("; ", settings.Select(one => one.GetValueOrDefault(key, "")).Where(value => value.Length > 0).Distinct())]));
        }

        string[] machines = [.. _runs.Select(run => run.Machine).Concat(_timings.Select(timing => timing.Machine)).Distinct()
            .Select(machine => $"{machine.Cpu} ({machine.Processors} processors, {machine.Threads} threads, vectors of {machine.Instructions}), {machine.System}, {machine.Runtime}, SparseTraining {machine.Library}")];
        page.Paragraph($"Machine: {string.Join("; ", machines)}.");
        page.Paragraph("In a timing each network trains two short epochs with a rewire between them in every round, the second of which is timed, and predicts; a round goes through all networks before the next begins. "
            + "The learning rate is tiny there, so that no network diverges; that changes no time. The steps are scaled to a whole epoch.");
    }

    private Figure? Keep(string name, Figure? figure)
    {
        if (figure is not null)
        {
            _figures.Add((name, figure));
        }

        return figure;
    }

    private void SaveFigures(string figures)
    {
        Directory.CreateDirectory(figures);
        foreach ((string name, Figure figure) in _figures)
        {
            figure.SaveSvg(Path.Combine(figures, name + ".svg"));
            if (Figure.CanDrawPng)
            {
                figure.SavePng(Path.Combine(figures, name + ".png"));
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Text(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
