using System.Text.Json;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>All that <c>--scale</c> measured, with what it ran on.</summary>
internal sealed record ScaleFile
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public required DateTime Date { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Samples of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>In ascending order of links.</summary>
    public required IReadOnlyList<ScalePoint> Scale { get; init; }

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads a file, or gives <see langword="null"/> where it holds something else.</summary>
    public static ScaleFile? TryLoad(string path)
    {
        string text = File.ReadAllText(path);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.TryGetProperty(nameof(Scale), out _) ? JsonSerializer.Deserialize<ScaleFile>(text) : null;
    }
}
