using Spectre.Console;

namespace FeatureSelectionSample;

/// <summary>Shows the splits' results as one table.</summary>
internal static class ResultTable
{
    public static Table Create(Settings settings, GeneData data, IReadOnlyList<SplitResult> results)
    {
        Table table = new Table()
            .Border(TableBorder.Rounded)
            .Title($"{data.Name.EscapeMarkup()}: {results.Count} splits, mean and 95 % confidence interval")
            .AddColumn(new TableColumn("genes").RightAligned())
            .AddColumn("chosen")
            .AddColumn(new TableColumn("test accuracy").RightAligned())
            .AddColumn(new TableColumn("against all genes").RightAligned());
        if (data.Informative is not null)
        {
            table.AddColumn(new TableColumn("informative").RightAligned());
        }

        double[] all = [.. results.Select(result => result.All)];
        Add(table, data, $"{data.Samples.FeatureCount}", "all", all, all, data.Informative?.Count);
        for (int i = 0; i < settings.Genes.Length; i++)
        {
            int count = settings.Genes[i];
            double? found = data.Informative is { } informative ? results.Average(result => result.Chosen.Take(count).Count(informative.Contains)) : null;
            double? expected = data.Informative is { } known ? (double)count * known.Count / data.Samples.FeatureCount : null;
            Add(table, data, $"{count}", "[green]strongest[/]", [.. results.Select(result => result.Top[i])], all, found);
            Add(table, data, $"{count}", "random", [.. results.Select(result => result.Random[i])], all, expected);
        }

        return table;
    }

    /// <summary>The strongest genes against as many random ones, split by split.</summary>
    public static IEnumerable<string> Verdicts(Settings settings, IReadOnlyList<SplitResult> results)
    {
        for (int i = 0; i < settings.Genes.Length; i++)
        {
            var difference = Interval.Of([.. results.Select(result => result.Top[i] - result.Random[i])]);
            string verdict = Math.Abs(difference.Mean) <= difference.HalfWidth ? "within noise" : difference.Mean > 0 ? "better" : "worse";
            yield return $"The {settings.Genes[i]} strongest genes against as many random ones: {Points(difference)}, {verdict}.";
        }
    }

    private static void Add(Table table, GeneData data, string genes, string chosen, double[] accuracy, double[] all, double? informative)
    {
        var mean = Interval.Of(accuracy);
        string against = accuracy == all ? "" : Points(Interval.Of([.. accuracy.Zip(all, (a, b) => a - b)]));
        string[] cells = [genes, chosen, $"{100 * mean.Mean:F1} ± {100 * mean.HalfWidth:F1} %", against];
        table.AddRow(data.Informative is null ? cells : [.. cells, $"{informative:F1}"]);
    }

    private static string Points(Interval difference) => $"{100 * difference.Mean:+0.0;-0.0;0.0} ± {100 * difference.HalfWidth:F1} points";
}
