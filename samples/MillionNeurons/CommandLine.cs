using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace MillionNeuronsSample;

/// <summary>The options. A value outside its range is answered with the range, before anything is made.</summary>
internal static class CommandLine
{
    private const int FewestNeurons = 2_000;

    public static RootCommand Create(Func<Settings, int> run)
    {
        var quick = new Option<bool>("--quick")
        {
            Description = $"{Settings.Quick.Neurons:N0} neurons and {Settings.Quick.Samples:N0} samples unless said otherwise",
        };
        Option<int?> neurons = Number("--neurons", "Neurons in all", FewestNeurons, 5_000_000);
        Option<double?> epsilon = Number("--epsilon", "A hidden layer gets ε (inputs + outputs) links", 0.001, 1e4);
        Option<int?> samples = Number("--samples", "Samples of an epoch", 100, 1_000_000);
        Option<int?> batch = Number("--batch", "Samples of one step", 1, 1024);
        Option<int?> epochs = Number("--epochs", "Passes over the samples", 1, 1_000_000);
        Option<int?> threads = Number("--threads", "Threads that work at once; one a processor by default", 1, 1024);
        var command = new RootCommand("Trains a sparse network of a million neurons on generated data.")
        {
            quick, neurons, epsilon, samples, batch, epochs, threads,
        };
        command.SetAction(parsed =>
        {
            Settings standard = parsed.GetValue(quick) ? Settings.Quick : Settings.Full;
            return run(new Settings(
                parsed.GetValue(neurons) ?? standard.Neurons,
                parsed.GetValue(epsilon) ?? standard.Epsilon,
                parsed.GetValue(samples) ?? standard.Samples,
                parsed.GetValue(batch) ?? standard.BatchSize,
                parsed.GetValue(epochs) ?? standard.Epochs,
                parsed.GetValue(threads)));
        });
        return command;
    }

    private static Option<T?> Number<T>(string name, string description, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && value >= min && value <= max)
                {
                    return value;
                }

                string kind = typeof(T) == typeof(double) ? "number" : "whole number";
                result.AddError($"{name} is '{text}'; it must be a {kind} in [{min}, {max}].");
                return null;
            },
        };
}
