using System.CommandLine;

namespace MLNetComparison;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Func<Settings, int> run)
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "A folder of CSV files (export.R makes one) and MAT files", HelpName = "FOLDER" };
        var sets = new Option<string?>("--sets") { Description = "Only these data sets, with commas between", HelpName = "NAMES" };
        var rows = new Option<int>("--rows") { Description = "The most rows of a data set", HelpName = "N", DefaultValueFactory = _ => 20_000 };
        var folds = new Option<int>("--folds") { Description = "How many of the five folds are tested, 1 to 5", HelpName = "N", DefaultValueFactory = _ => 5 };
        rows.Validators.Add(result => Check(result.GetValue(rows), 20, int.MaxValue, result.AddError));
        folds.Validators.Add(result => Check(result.GetValue(folds), 1, 5, result.AddError));
        data.AcceptExistingOnly();
        var command = new RootCommand("Trains SparseMlp and ML.NET's own trainers with their defaults on the same folds.") { data, sets, rows, folds };
        command.SetAction(parsed => run(new Settings(
            parsed.GetValue(data)?.FullName,
            parsed.GetValue(sets)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            parsed.GetValue(rows),
            parsed.GetValue(folds))));
        return command;
    }

    private static void Check(int value, int min, int max, Action<string> error)
    {
        if (value < min || value > max)
        {
            error($"The value is {value}; it must lie in [{min}, {max}].");
        }
    }
}
