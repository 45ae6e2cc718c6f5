using System.Text.Json;

namespace SparseTraining.Benchmarks.Comparison.Results;

/// <summary>All that a run measured, with what it ran on.</summary>
internal sealed record ComparisonFile
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public required DateTime Date { get; init; }

    public required Machine Machine { get; init; }

    public required int Threads { get; init; }

    public required bool IsQuick { get; init; }

    /// <summary>By peer, as it says itself.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What did not load, and limits of what did.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    public void Save(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");
    }

    public static ComparisonFile Load(string path) =>
        JsonSerializer.Deserialize<ComparisonFile>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} holds no comparison.");
}
