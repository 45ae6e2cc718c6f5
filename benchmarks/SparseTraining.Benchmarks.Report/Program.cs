using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Benchmarks.Report;
using SparseTraining.Benchmarks.Training.Scale;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: FOLDER FILE.json ... [FILE.md ...]: pages and figures of comparisons; other pages are taken along.");
    return 2;
}

string[] numbers = [.. args.Skip(1).Where(path => path.EndsWith(".json", StringComparison.Ordinal))];
if (numbers.Length == 0)
{
    Console.Error.WriteLine("There is no FILE.json among the arguments.");
    return 2;
}

string? first = null;
foreach (string path in numbers)
{
    ScaleFile? scale = ScaleFile.TryLoad(path);
    ComparisonFile? run = scale is null ? ComparisonFile.Load(path) : null;
    string folder = Path.Combine(args[0], ResultsFolder.NameOf(scale?.Machine ?? run!.Machine));
    first ??= folder;
    Console.WriteLine(scale is null ? ResultsFolder.Write(folder, run!) : ResultsFolder.Write(folder, scale));
}

foreach (string page in args.Skip(1).Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
{
    string copy = Path.Combine(first!, Path.GetFileName(page));
    File.Copy(page, copy, overwrite: true);
    Console.WriteLine(copy);
}

return 0;
