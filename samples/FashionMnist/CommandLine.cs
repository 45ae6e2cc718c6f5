using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace FashionMnistSample;

/// <summary>The options. A value outside its range is answered with the range, before anything is loaded.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Func<Settings, int> run)
    {
        var method = new Option<string>("--method")
        {
            Description = "How the network trains",
            DefaultValueFactory = _ => "set",
        };
        method.AcceptOnlyFromAmong([.. Methods.Names]);
        var hidden = new Option<string>("--hidden")
        {
            Description = "Neurons of each hidden layer",
            HelpName = "N,N,...",
            DefaultValueFactory = _ => "1000,1000,1000",
        };
        hidden.Validators.Add(result => ParseSizes(result.GetValueOrDefault<string>() ?? "", result.AddError));
        Option<double> epsilon = Number("--epsilon", "A layer gets ε (inputs + outputs) links", 20.0, 0.001, 1e6);
        Option<int> epochs = Number("--epochs", "Passes over the training data", 10, 1, 1_000_000);
        Option<int> batch = Number("--batch", "Samples of one step", 100, 1, 60_000);
        Option<ulong> seed = Number("--seed", "Decides everything random", 1UL, 0UL, ulong.MaxValue);
        Option<double> learningRate = Number("--learning-rate", "Of gradient descent", 0.01, 1e-9, 1e3);
        Option<double> momentum = Number("--momentum", "Of gradient descent", 0.9, 0.0, 0.9999);
        Option<double> dropout = Number("--dropout", "Share of hidden activations zeroed in a step", 0.3, 0.0, 0.99);
        var augment = new Option<bool>("--augment") { Description = "Shift, turn and mirror training images randomly" };
        Option<int?> samples = Optional("--train-samples", "Train on the first so many samples", 1, 60_000);
        Option<int?> threads = Optional("--threads", "Threads that work at once; one a processor by default", 1, 1024);
        var json = new Option<FileInfo?>("--json") { Description = "Write the result to this file", HelpName = "FILE" };
        json.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Directory.Exists: false } file)
            {
                result.AddError($"--json: the folder {file.DirectoryName} does not exist.");
            }
        });
        var save = new Option<DirectoryInfo?>("--save") { Description = "Save the model in this folder, in each precision", HelpName = "DIR" };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "The folder of Fashion-MNIST's four files",
            HelpName = "DIR",
        };

        var command = new RootCommand("Trains a sparse, masked or dense network on Fashion-MNIST.")
        {
            method, hidden, epsilon, epochs, batch, seed, learningRate, momentum, dropout,
            augment, samples, threads, json, save, data,
        };
        command.SetAction(parsed => run(new Settings
        {
            Method = parsed.GetRequiredValue(method),
            Hidden = ParseSizes(parsed.GetRequiredValue(hidden), _ => { }),
            Epsilon = parsed.GetRequiredValue(epsilon),
            Epochs = parsed.GetRequiredValue(epochs),
            BatchSize = parsed.GetRequiredValue(batch),
            Seed = parsed.GetRequiredValue(seed),
            LearningRate = parsed.GetRequiredValue(learningRate),
            Momentum = parsed.GetRequiredValue(momentum),
            Dropout = parsed.GetRequiredValue(dropout),
            Augment = parsed.GetValue(augment),
            TrainSamples = parsed.GetValue(samples),
            Threads = parsed.GetValue(threads),
            Json = parsed.GetValue(json),
            Save = parsed.GetValue(save),
            Data = parsed.GetValue(data),
        }));
        return command;
    }

    private static Option<T> Number<T>(string name, string description, T standard, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result.Tokens[0].Value, min, max, name, result.AddError),
        };

    private static Option<int?> Optional(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result.Tokens[0].Value, min, max, name, result.AddError),
    };

    private static int[] ParseSizes(string text, Action<string> addError) =>
        [.. text.Split(',').Select(size => Parse(size, 1, 1_000_000, "--hidden", addError))];

    private static T Parse<T>(string text, T min, T max, string name, Action<string> addError)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
            && value >= min && value <= max)
        {
            return value;
        }

        string kind = typeof(T) == typeof(double) ? "number" : "whole number";
        addError($"{name} is '{text}'; it must be a {kind} in [{min}, {max}].");
        return min;
    }
}
