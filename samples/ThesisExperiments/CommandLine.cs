using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ThesisExperiments.Definitions;
using ThesisExperiments.Running;

namespace ThesisExperiments;

/// <summary>The options. A value outside its range is answered with the range, before anything is loaded.</summary>
internal static class CommandLine
{
    private const string All = "all", DefaultOut = "thesis-results", DefaultQuickOut = "thesis-results-quick";

    public static RootCommand Create(Func<RunnerOptions, int> run, Func<IReadOnlyList<string>, string, int> report)
    {
        Argument<string> experiment = ExperimentArgument(ArgumentArity.ExactlyOne);
        Option<int?> epochs = Number<int>("--epochs", "Passes over the training data, in place of what the experiment has (500 in the thesis)", 1, 100_000);
        Option<int?> runs = Number<int>("--runs", "Runs of each method, each with a seed and a split of its own, in place of what the experiment has (3 in the thesis)", 1, 1000);
        Option<int?> firstRun = Number<int>("--first-run", "Begin with this run, 1 by default: runs can be spread over processes and machines", 1, 1000);
        Option<int?> rounds = Number<int>("--rounds", "Rounds in which methods take turns to be timed; 0 for no timing", 0, 10_000);
        var data = new Option<DirectoryInfo?>("--data") { Description = "The folder of the MAT-files, and of Fashion-MNIST if it is not installed", HelpName = "DIR" };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { Exists: false } folder)
            {
                result.AddError($"--data: the folder {folder.FullName} does not exist.");
            }
        });
        Option<DirectoryInfo?> output = Out();
        var resume = new Option<bool>("--resume") { Description = "Go on with what is in the folder: finished runs stay, the unfinished one continues from its checkpoint" };
        var quick = new Option<bool>("--quick") { Description = "Small networks, few samples and epochs: to see that all works" };
        Option<string?> methods = List("--methods", "Only these methods", [.. Method.All.Select(method => method.Key)]);
        Option<string?> datasets = List("--datasets", "Only these data sets", [.. DataDefinition.All.Select(definition => definition.Key)]);
        Option<string?> settings = List(
            "--settings", "How to train: as the thesis did (the default), as works better, or both", [TrainingSettings.ThesisName, TrainingSettings.RecommendedName]);
        Option<string?> weights = List("--first-weights", "How weights begin, in place of what the experiment has", [.. Enum.GetValues<FirstWeights>().Select(w => w.Key())]);
        Option<int?> threads = Number<int>("--threads", "Threads that work at once; one a processor by default", 1, 1024);
        Option<int?> samples = Number<int>("--train-samples", "Train on the first so many samples of Fashion-MNIST", 1, 60_000);
        Option<ulong?> seed = Number<ulong>("--seed", "The seed of the first run, 1 by default; the next runs have the next seeds", 0UL, ulong.MaxValue / 2);

        var command = new RootCommand("Runs the experiments of the thesis and reports what held up.")
        {
            experiment, epochs, runs, firstRun, rounds, data, output, resume, quick, methods, datasets, settings, weights, threads, samples, seed,
            Report(report),
        };
        command.Validators.Add(result =>
        {
            int first = result.GetValue(firstRun) ?? 1;
            int most = result.GetValue(experiment) is { } key
                ? Keys(key).Max(each => Schedule.RunsOf(Experiments.Of(each), result.GetValue(runs), result.GetValue(quick)))
                : int.MaxValue;
            if (first > most)
            {
                result.AddError($"--first-run is {first}, but there are only {most} runs; --runs says how many.");
            }
        });
        command.SetAction(parsed => run(new RunnerOptions
        {
            Experiments = Keys(parsed.GetRequiredValue(experiment)),
            Epochs = parsed.GetValue(epochs),
            Runs = parsed.GetValue(runs),
            FirstRun = parsed.GetValue(firstRun) ?? 1,
            Rounds = parsed.GetValue(rounds),
            Data = parsed.GetValue(data)?.FullName,
            Out = parsed.GetValue(output)?.FullName ?? Path.GetFullPath(parsed.GetValue(quick) ? DefaultQuickOut : DefaultOut),
            Resume = parsed.GetValue(resume),
            Quick = parsed.GetValue(quick),
            Methods = Split(parsed.GetValue(methods)),
            Datasets = Split(parsed.GetValue(datasets)),
            Settings = Split(parsed.GetValue(settings)) ?? [TrainingSettings.ThesisName],
            FirstWeights = Split(parsed.GetValue(weights)) is { } keys ? [.. keys.Select(key => Enum.GetValues<FirstWeights>().First(w => w.Key() == key))] : null,
            Threads = parsed.GetValue(threads) ?? -1,
            TrainSamples = parsed.GetValue(samples),
            Seed = parsed.GetValue(seed) ?? 1,
        }));
        return command;
    }

    private static Command Report(Func<IReadOnlyList<string>, string, int> report)
    {
        Argument<string> experiment = ExperimentArgument(ArgumentArity.ZeroOrOne);
        experiment.DefaultValueFactory = _ => All;
        Option<DirectoryInfo?> output = Out();
        var command = new Command("report", "Draws the reports anew from the result files alone.") { experiment, output };
        command.SetAction(parsed => report(
            Keys(parsed.GetRequiredValue(experiment)), parsed.GetValue(output)?.FullName ?? Path.GetFullPath(DefaultOut)));
        return command;
    }

    private static Argument<string> ExperimentArgument(ArgumentArity arity)
    {
        var experiment = new Argument<string>("experiment") { Description = "Which one", Arity = arity };
        experiment.AcceptOnlyFromAmong([.. Experiments.All.Select(e => e.Key), All]);
        return experiment;
    }

    private static Option<DirectoryInfo?> Out() =>
        new("--out") { Description = $"The folder of the results, {DefaultOut} by default ({DefaultQuickOut} with --quick)", HelpName = "DIR" };

    private static IReadOnlyList<string> Keys(string experiment) => experiment == All ? [.. Experiments.All.Select(e => e.Key)] : [experiment];

    private static string[]? Split(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Option<string?> List(string name, string description, string[] allowed)
    {
        var option = new Option<string?>(name) { Description = $"{description}: {string.Join(", ", allowed)}", HelpName = "A,B,..." };
        option.Validators.Add(result =>
        {
            string[] items = Split(result.GetValueOrDefault<string?>()) ?? [];
            if (items.Length == 0 || items.FirstOrDefault(item => !allowed.Contains(item)) is not null)
            {
                result.AddError($"{name} is '{result.GetValueOrDefault<string?>()}'; it must be one or more of {string.Join(", ", allowed)}.");
            }
        });
        return option;
    }

    private static Option<T?> Number<T>(string name, string description, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value) && value >= min && value <= max)
                {
                    return value;
                }

                result.AddError($"{name} is '{text}'; it must be a whole number in [{min}, {max}].");
                return null;
            },
        };
}
