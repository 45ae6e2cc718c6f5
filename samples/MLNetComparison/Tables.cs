using SparseTraining.Data;
using SparseTraining.Datasets;

namespace MLNetComparison;

/// <summary>The data sets that are at hand.</summary>
internal static class Tables
{
    /// <param name="folder">A folder of CSV files (see export.R) and MAT files, or null.</param>
    public static IEnumerable<Table> All(string? folder)
    {
        yield return Of("digits", Digits.Load());
        foreach (Table table in GeneratedTables.All())
        {
            yield return table;
        }

        foreach (string path in Files(folder, "*.mat"))
        {
            yield return Of(Path.GetFileNameWithoutExtension(path).ToLowerInvariant(), MatFileReader.ReadDataset(path));
        }

        foreach (string path in Files(folder, "*.csv"))
        {
            yield return CsvTable.Read(path);
        }
    }

    private static IEnumerable<string> Files(string? folder, string pattern) =>
        folder is null ? [] : Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal);

    private static Table Of(string name, Dataset data) => new(name, Task.Multiclass, [.. Enumerable.Range(0, data.Count).Select(i =>
    {
        var example = new Example { Features = new float[data.FeatureCount], Name = $"class {data.Label(i):D3}" };
        data.CopyFeatures(i, example.Features);
        return example;
    })]);
}
