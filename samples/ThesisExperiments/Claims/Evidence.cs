using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>
/// The results of one experiment on one data set with one kind of settings, and what can be told from them. Runs with equal
/// numbers have equal seeds and splits, so methods are compared within a run.
/// </summary>
internal sealed class Evidence
{
    private readonly IReadOnlyList<RunResult> _runs;
    private readonly IReadOnlyList<TimingResult> _timings;

    public Evidence(string settings, IReadOnlyList<RunResult> runs, IReadOnlyList<TimingResult> timings)
    {
        SettingsName = settings;
        _runs = runs;
        _timings = timings;
    }

    public string SettingsName { get; }

    public IReadOnlyList<RunResult> Runs => _runs;

    public IReadOnlyList<TimingResult> Timings => _timings;

    /// <summary>The data, as the results describe it, or null if there are none.</summary>
    public DataFacts? Data => _runs.Count > 0 ? _runs[0].Data : _timings.Count > 0 ? _timings[0].Data : null;

    /// <summary>What to call the data and the settings in a table.</summary>
    public string Subject(string name) =>
        $"{name}{(Data is { IsGenerated: true } ? " (generated)" : "")}{(_runs.Any(run => run.Quick) || _timings.Any(timing => timing.Quick) ? " (quick)" : "")}{(SettingsName == Definitions.TrainingSettings.ThesisName ? "" : $", {SettingsName} settings")}";

    /// <summary>The runs of a method, with the first weights of the settings unless others are named.</summary>
    public IReadOnlyList<RunResult> Of(string method, string firstWeights = "Default") =>
        [.. _runs.Where(run => run.Method == method && run.FirstWeights == firstWeights && (run.History.Count > 0 || run.Status == RunStatus.Diverged))];

    /// <summary>Parameters, from whatever result has the method, or NaN.</summary>
    public double Parameters(string method) => _runs.FirstOrDefault(run => run.Method == method)?.ParameterCount
        ?? Networks(method).FirstOrDefault().Network?.ParameterCount ?? double.NaN;

    /// <summary>Parameters of the dense twin, or NaN.</summary>
    public double DenseParameters() => _runs.Count > 0 ? _runs[0].DenseParameterCount
        : _timings.Count > 0 ? _timings[0].Networks[0].DenseParameterCount : double.NaN;

    /// <summary>The accuracy of a method after the last epoch of each run.</summary>
    public Interval Accuracy(string method) => Interval.Of([.. Of(method).Select(run => run.ScoredAccuracy)]);

    /// <summary>Accuracy of a minus that of b, within runs.</summary>
    public Interval AccuracyDifference(string a, string b) => AccuracyDifference([a], [b]);

    /// <summary>
    /// The mean accuracy of some methods minus that of others, within runs that have them all. Where runs have come to
    /// different epochs, those after the last epoch that all of them have.
    /// </summary>
    public Interval AccuracyDifference(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var pairs = new List<(double A, double B)>();
        foreach (int run in _runs.Select(run => run.Run).Distinct().Order())
        {
            RunResult?[] all = [.. a.Concat(b).Select(method => Of(method).FirstOrDefault(result => result.Run == run))];
            if (all.All(result => result is not null))
            {
                int epoch = CommonEpoch(all!);
                pairs.Add((
                    all.Take(a.Count).Average(result => AccuracyAfter(result!, epoch)),
                    all.Skip(a.Count).Average(result => AccuracyAfter(result!, epoch))));
            }
        }

        return Interval.OfDifference(pairs);
    }

    /// <summary>Says after which epoch methods were compared if their runs had not the same number of epochs; else empty.</summary>
    public string CommonEpochNote(params IReadOnlyList<string> methods)
    {
        RunResult[] runs = [.. methods.SelectMany(method => Of(method)).Where(run => run.Status != RunStatus.Diverged)];
        return runs.Select(run => run.History.Count).Distinct().Count() > 1 || runs.Any(run => run.Status == RunStatus.Unfinished)
            ? $" Compared after the last epoch that both have in a run ({runs.Min(run => run.History.Count)} to {runs.Max(run => run.History.Count)} epochs were trained)."
            : "";
    }

    /// <summary>Runs of a method that diverged.</summary>
    public string DivergedNote(params IReadOnlyList<string> methods)
    {
        (string Method, int Diverged, int All)[] counts =
            [.. methods.Select(method => (method, Of(method).Count(run => run.Status == RunStatus.Diverged), Of(method).Count))];
        string text = string.Join(", ", counts.Where(count => count.Diverged > 0).Select(count => $"{count.Method} in {count.Diverged} of {count.All} runs"));
        return text.Length == 0 ? "" : $" Diverged, and scored as guessing: {text}.";
    }

    /// <summary>Time of a whole training epoch with its rewire, a against b, from the rounds in which they took turns.</summary>
    public Interval TrainingChange(string a, string b) => Change(a, b, (timing, network, round) =>
        network.TrainingSeconds[round] * timing.Data.TrainSamples / timing.TimedSamples + network.EvolutionSeconds[round]);

    /// <summary>Time to predict many samples, a against b.</summary>
    public Interval InferenceChange(string a, string b) => Change(a, b, (_, network, round) => network.InferenceMicroseconds[round]);

    /// <summary>Training and rewiring in all epochs, a against b, within runs that both finished.</summary>
    public Interval TotalTimeChange(string a, string b, string firstWeights = "Default") => Interval.OfChange(
    [
        .. from x in Of(a, firstWeights)
           join y in Of(b, firstWeights) on x.Run equals y.Run
           where x.Status == RunStatus.Completed && y.Status == RunStatus.Completed && x.Epochs == y.Epochs
           select (x.Times.TotalTrainingSeconds + x.Times.TotalEvolutionSeconds, y.Times.TotalTrainingSeconds + y.Times.TotalEvolutionSeconds),
    ]);

    /// <summary>A method in every timing that has it.</summary>
    public IEnumerable<(TimingResult Timing, TimedNetwork? Network)> Networks(string method) =>
        _timings.Select(timing => (timing, (TimedNetwork?)timing.Networks.FirstOrDefault(network => network.Method == method)))
            .Where(pair => pair.Item2 is not null);

    private static int CommonEpoch(IEnumerable<RunResult> runs)
    {
        int[] counts = [.. runs.Where(run => run.Status != RunStatus.Diverged).Select(run => run.History.Count)];
        return counts.Length == 0 ? 0 : counts.Min();
    }

    private static double AccuracyAfter(RunResult run, int epoch) =>
        run.Status == RunStatus.Diverged || epoch == 0 ? run.ScoredAccuracy : run.History.TestAccuracy[epoch - 1];

    private Interval Change(string a, string b, Func<TimingResult, TimedNetwork, int, double> value)
    {
        var pairs = new List<(double, double)>();
        foreach (TimingResult timing in _timings)
        {
            TimedNetwork? x = timing.Networks.FirstOrDefault(network => network.Method == a);
            TimedNetwork? y = timing.Networks.FirstOrDefault(network => network.Method == b);
            if (x is not null && y is not null)
            {
                pairs.AddRange(Enumerable.Range(0, timing.MeasuredRounds).Select(round => (value(timing, x, round), value(timing, y, round))));
            }
        }

        return Interval.OfChange(pairs);
    }
}
