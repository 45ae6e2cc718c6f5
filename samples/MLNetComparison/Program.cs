using System.Globalization;
using MLNetComparison;

return CommandLine.Create(Run).Parse(args).Invoke();

static int Run(Settings settings)
{
    Directory.CreateDirectory("results");
    using StreamWriter file = File.CreateText(Path.Combine("results", "mlnet-comparison.csv"));
    file.WriteLine("set,task,rows,features,trainer,score,seconds");
    var report = new MarkdownReport(Console.Out);
    foreach (Table whole in Tables.All(settings.Folder).Where(table => settings.Sets.Length == 0 || settings.Sets.Contains(table.Name)))
    {
        Table table = whole.AtMost(settings.Rows, seed: 1);
        var results = new List<Result>();
        foreach (Contender contender in Contender.For(table.Task))
        {
            (double Score, double Seconds)[] folds = [.. Enumerable.Range(0, settings.Folds).Select(fold => Contest.Run(table, contender, fold, 5))];
            var result = new Result(contender.Name, folds.Average(fold => fold.Score), folds.Average(fold => fold.Seconds));
            results.Add(result);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Name},{table.Task},{table.Rows.Length},{table.FeatureCount},{result.Trainer},{result.Score:F4},{result.Seconds:F2}"));
            file.Flush();
        }

        report.Add(table, results);
    }

    report.End();
    return 0;
}
