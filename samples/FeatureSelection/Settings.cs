namespace FeatureSelectionSample;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    /// <summary>The data set to select genes of: a key of <see cref="GeneData.Files"/>.</summary>
    public required string Dataset { get; init; }

    /// <summary>The folder of the MAT-files, or null for the one that SPARSETRAINING_DATA names.</summary>
    public required DirectoryInfo? Data { get; init; }

    /// <summary>How many genes are kept, one comparison each.</summary>
    public required int[] Genes { get; init; }

    /// <summary>How many times the samples are split.</summary>
    public required int Splits { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The seed of the first split; the next ones have the next seeds.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many threads work at once, or null for one a processor.</summary>
    public required int? Threads { get; init; }
}
