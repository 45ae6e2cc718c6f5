namespace SparseTraining.Tiers.Tests;

/// <summary>The hashes that are checked in: one line a configuration, its name and its bits.</summary>
internal static class GoldenBits
{
    private const char Separator = '|';

    public static readonly IReadOnlyDictionary<string, TrainedBits> All =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "bits.txt"))
            .Select(line => line.Split(Separator))
            .ToDictionary(parts => parts[0].Trim(), parts => TrainedBits.Parse(parts[1].Trim()));

    public static string Line(Configuration configuration, TrainedBits bits) => $"{configuration.Name} {Separator} {bits}";
}
