using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace FeatureSelectionSample;

/// <summary>The options. A value outside its range is answered with the range, before anything is loaded.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Func<Settings, int> run)
    {
        var dataset = new Option<string>("--dataset") { Description = "Whose genes to select", DefaultValueFactory = _ => "glioma" };
        dataset.AcceptOnlyFromAmong([.. GeneData.Files.Keys]);
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "The folder of GLIOMA.mat and Prostate-GE.mat; SPARSETRAINING_DATA by default; generated data stands in for what is missing",
            HelpName = "DIR",
        };
        data.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { Exists: false } folder)
            {
                result.AddError($"--data: the folder {folder.FullName} does not exist.");
            }
        });
        var genes = new Option<string>("--genes")
        {
            Description = "How many genes to keep",
            HelpName = "N,N,...",
            DefaultValueFactory = _ => "50,100,200",
        };
        genes.Validators.Add(result => ParseGenes(result.GetValueOrDefault<string>() ?? "", result.AddError));
        Option<int> splits = Number("--splits", "How many times to split the samples into training and test part", 10, 2, 1000);
        Option<int> epochs = Number("--epochs", "Passes over the training part", 60, 1, 100_000);
        Option<ulong> seed = Number("--seed", "Of the first split and its networks; the next splits have the next seeds", 1UL, 0UL, ulong.MaxValue / 2);
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads that work at once; one a processor by default",
            HelpName = "N",
            CustomParser = result => Parse(result.Tokens[0].Value, 1, 1024, "--threads", result.AddError),
        };

        var command = new RootCommand("Selects genes by the strength of a sparse network's inputs, and compares the accuracy with all and with random genes.")
        {
            dataset, data, genes, splits, epochs, seed, threads,
        };
        command.SetAction(parsed => run(new Settings
        {
            Dataset = parsed.GetRequiredValue(dataset),
            Data = parsed.GetValue(data),
            Genes = ParseGenes(parsed.GetRequiredValue(genes), _ => { }),
            Splits = parsed.GetRequiredValue(splits),
            Epochs = parsed.GetRequiredValue(epochs),
            Seed = parsed.GetRequiredValue(seed),
            Threads = parsed.GetValue(threads),
        }));
        return command;
    }

    private static int[] ParseGenes(string text, Action<string> addError) =>
        [.. text.Split(',').Select(count => Parse(count, 1, 1_000_000, "--genes", addError))];

    private static Option<T> Number<T>(string name, string description, T standard, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => standard,
            CustomParser = result => Parse(result.Tokens[0].Value, min, max, name, result.AddError),
        };

    private static T Parse<T>(string text, T min, T max, string name, Action<string> addError)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value) && value >= min && value <= max)
        {
            return value;
        }

        addError($"{name} is '{text}'; it must be a whole number in [{min}, {max}].");
        return min;
    }
}
