using SparseTraining.Reports;
using ThesisExperiments.Claims;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Reporting;

/// <summary>Bars of what methods cost, from the timings in which they took turns.</summary>
internal static class TimeFigures
{
    /// <summary>Milliseconds of a whole training epoch: steps and rewire.</summary>
    public static Figure? Training(string title, Evidence evidence)
    {
        (string[] methods, Func<string, IEnumerable<(TimingResult, TimedNetwork)>> networks) = Methods(evidence);
        double[] steps = [.. methods.Select(method => 1000 * Numbers.Median(networks(method).SelectMany(pair =>
            pair.Item2.TrainingSeconds.Select(seconds => seconds * pair.Item1.Data.TrainSamples / pair.Item1.TimedSamples))))];
        double[] rewires = [.. methods.Select(method => 1000 * Numbers.Median(networks(method).SelectMany(pair => pair.Item2.EvolutionSeconds)))];
        return methods.Length == 0 ? null : Figures.Bars(
            title, Milliseconds("ms an epoch, median"), Names(methods), new BarSeries("training steps", steps), new BarSeries("rewire", rewires));
    }

    /// <summary>Microseconds to predict a sample, many at once and one at a time.</summary>
    public static Figure? Inference(string title, Evidence evidence)
    {
        (string[] methods, Func<string, IEnumerable<(TimingResult, TimedNetwork)>> networks) = Methods(evidence);
        double[] batch = [.. methods.Select(method => Numbers.Median(networks(method).SelectMany(pair => pair.Item2.InferenceMicroseconds)))];
        double[] single = [.. methods.Select(method => Numbers.Median(networks(method).SelectMany(pair => pair.Item2.SingleSampleMicroseconds)))];
        return methods.Length == 0 ? null : Figures.Bars(
            title, Milliseconds("µs a sample, median"), Names(methods), new BarSeries("many at once", batch), new BarSeries("one at a time", single));
    }

    /// <summary>Megabytes of weights, optimizer state and indices while training.</summary>
    public static Figure? Memory(string title, Evidence evidence)
    {
        (string[] methods, Func<string, IEnumerable<(TimingResult, TimedNetwork)>> networks) = Methods(evidence);
        double[] bytes = [.. methods.Select(method => networks(method).First().Item2.ParameterBytes / 1e6)];
        return methods.Length == 0 ? null : Figures.Bars(title, new FigureAxis("MB") { Min = 0 }, Names(methods), new BarSeries("memory", bytes));
    }

    private static FigureAxis Milliseconds(string label) => new(label) { Min = 0 };

    private static string[] Names(string[] methods) => [.. methods.Select(MethodStyle.Name)];

    private static (string[] Methods, Func<string, IEnumerable<(TimingResult, TimedNetwork)>> Networks) Methods(Evidence evidence)
    {
        (TimingResult Timing, TimedNetwork Network)[] all =
            [.. evidence.Timings.Where(timing => timing.MeasuredRounds > 0).SelectMany(timing => timing.Networks.Select(network => (timing, network)))];
        return ([.. all.Select(pair => pair.Network.Method).Distinct()], method => all.Where(pair => pair.Network.Method == method));
    }
}
