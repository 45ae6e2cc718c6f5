using SparseTraining.Training;

namespace SparseTraining.Reports;

/// <summary>What a <see cref="TopologyReport"/> shows beside the model itself, and how much it computes.</summary>
public sealed record TopologyReportOptions
{
    /// <summary>The callback that watched the run, for churn and the share of positions ever active; or <see langword="null"/>.</summary>
    public TopologyHistory? History { get; init; }

    /// <summary>Pixels in a row where the inputs are an image, row by row; 0 (the default) where they are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ImageWidth { get; init => field = AtLeast(value, 0, nameof(ImageWidth)); }

    /// <summary>What the inputs are called, one name an input; or empty for numbers.</summary>
    public IReadOnlyList<string> InputNames { get; init => field = value ?? throw new ArgumentNullException(nameof(InputNames)); } = [];

    /// <summary>Sets to draw for the p-value of each power-law fit, in [0, 10000]; 0 leaves it out. 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int PowerLawResamples
    {
        get;
        init => field = value is >= 0 and <= 10_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PowerLawResamples), value, "The number of sets must lie in [0, 10000].");
    } = 100;

    /// <summary>Paths of three links to look at for clustering, at least 1. 200,000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int PathSamples { get; init => field = AtLeast(value, 1, nameof(PathSamples)); } = 200_000;

    /// <summary>Neurons to search shortest paths from, at least 1. 200 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int PathSources { get; init => field = AtLeast(value, 1, nameof(PathSources)); } = 200;

    /// <summary>Random networks to compare with, at least 1. 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int RandomNetworks { get; init => field = AtLeast(value, 1, nameof(RandomNetworks)); } = 3;

    /// <summary>The seed of all that is drawn. 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    private static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"The value must be at least {least}.");
}
