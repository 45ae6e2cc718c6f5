using ThesisExperiments.Results;

namespace ThesisExperiments.Tests;

/// <summary>Results made by hand.</summary>
internal static class HandMade
{
    public static Machine Machine { get; } = new("test CPU", 2, 2, "test system", "test runtime", "0.0", "scalar");

    public static DataFacts Data(bool isGenerated = false) => new("fashion-mnist", "Fashion-MNIST", isGenerated, 600, 100, 784, 10);

    public static RunResult Run(string method, int run, double[] accuracies, RunStatus status = RunStatus.Completed, string firstWeights = "Default") => new()
    {
        Experiment = "datasets",
        Data = Data(),
        Method = method,
        MethodName = method,
        Configuration = firstWeights == "Default" ? method : $"{method}-dense-fan-in",
        SettingsName = "thesis",
        FirstWeights = firstWeights,
        Run = run,
        Seed = (ulong)run,
        Status = status,
        Quick = false,
        StartedUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        WasResumed = false,
        Machine = Machine,
        Settings = new(StringComparer.Ordinal) { ["settings"] = "thesis" },
        Epochs = accuracies.Length,
        Links = 100,
        ParameterCount = 128_690,
        DenseParameterCount = 2_797_010,
        Times = new RunTimes(1, 0.1, 10, 1, double.NaN, double.NaN),
        Bytes = new RunBytes(1, 2, 3),
        History = History(accuracies),
    };

    public static TimingResult Timing(int timedSamples, params (string Method, double[] Training, double[] Evolution)[] networks) => new()
    {
        Experiment = "datasets",
        Data = Data(),
        SettingsName = "thesis",
        Run = 1,
        Seed = 1,
        Quick = false,
        StartedUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Machine = Machine,
        Settings = new(StringComparer.Ordinal) { ["settings"] = "thesis" },
        TimedSamples = timedSamples,
        Rounds = networks[0].Training.Length,
        Networks =
        [
            .. networks.Select(network => new TimedNetwork
            {
                Method = network.Method,
                MethodName = network.Method,
                Links = 1,
                ParameterCount = 1,
                DenseParameterCount = 1,
                ParameterBytes = 1,
                TrainingSeconds = [.. network.Training],
                EvolutionSeconds = [.. network.Evolution],
                InferenceMicroseconds = [.. network.Training],
                SingleSampleMicroseconds = [.. network.Training],
            }),
        ],
    };

    private static History History(double[] accuracies)
    {
        double[] none = [.. accuracies.Select(_ => double.NaN)];
        return new History
        {
            TestAccuracy = [.. accuracies],
            TestLoss = [.. none],
            TrainingAccuracy = [.. none],
            TrainingLoss = [.. none],
            Zeta = [.. none],
            LinksGrown = [.. none],
            TrainingSeconds = [.. none],
            EvolutionSeconds = [.. none],
            EvaluationSeconds = [.. none],
        };
    }
}
