using System.Globalization;

namespace MLNetComparison;

/// <summary>Writes one row a data set, as it is finished, and sums up at the end.</summary>
internal sealed class MarkdownReport(TextWriter output)
{
    private static readonly string[] Trainers = ["SparseMlp", "Sdca", "Lbfgs", "FastTree", "FastForest", "LightGbm"];
    private readonly List<double> _differences = [];

    public void Add(Table table, IReadOnlyList<Result> results)
    {
        if (_differences.Count == 0)
        {
            output.WriteLine($"| set | task | rows × features (classes) | {string.Join(" | ", Trainers)} | to the best |");
            output.WriteLine($"|---|---|---|{string.Concat(Trainers.Select(_ => "---:|"))}---:|");
        }

        double best = results.Where(result => result.Trainer != "SparseMlp").Max(result => result.Score);
        double difference = 100 * (results.Single(result => result.Trainer == "SparseMlp").Score - best);
        _differences.Add(difference);
        string classes = table.ClassCount > 2 ? $" ({table.ClassCount})" : "";
        string cells = string.Join(" | ", Trainers.Select(name => results.FirstOrDefault(result => result.Trainer == name)).Select(Cell));
        output.WriteLine($"| {table.Name} | {table.Task.ToString().ToLowerInvariant()} | {table.Rows.Length} × {table.FeatureCount}{classes} | {cells} | {Text(difference, "+0.0;−0.0;0.0")} |");
        output.Flush();
    }

    public void End()
    {
        if (_differences.Count > 0)
        {
            output.WriteLine();
            output.WriteLine(
                $"{_differences.Count} data sets; SparseMlp less the best of the others: {Text(_differences.Average(), "+0.0;−0.0;0.0")} points on average, "
                + $"at least −1 on {_differences.Count(difference => difference >= -1)}, above 0 on {_differences.Count(difference => difference > 0)}.");
        }
    }

    private static string Cell(Result? result) => result is null ? "–" : $"{Text(100 * result.Score, "0.0")} ({Text(result.Seconds, "0.0")} s)";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
