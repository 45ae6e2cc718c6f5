using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Benchmarks.Report;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: FOLDER FILE.json ... [FILE.md ...]: pages and figures of comparisons; other pages are taken along.");
    return 2;
}

ComparisonFile[] runs = [.. args.Skip(1).Where(path => path.EndsWith(".json", StringComparison.Ordinal)).Select(ComparisonFile.Load)];
if (runs.Length == 0)
{
    Console.Error.WriteLine("There is no FILE.json among the arguments.");
    return 2;
}

foreach (ComparisonFile run in runs)
{
    string folder = Path.Combine(args[0], ResultsFolder.NameOf(run.Machine));
    foreach (string page in ResultsFolder.Write(folder, run))
    {
        Console.WriteLine(page);
    }
}

string first = Path.Combine(args[0], ResultsFolder.NameOf(runs[0].Machine));
foreach (string page in args.Skip(1).Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
{
    string copy = Path.Combine(first, Path.GetFileName(page));
    File.Copy(page, copy, overwrite: true);
    Console.WriteLine(copy);
}

return 0;
