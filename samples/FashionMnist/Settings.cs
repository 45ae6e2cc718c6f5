namespace FashionMnistSample;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    public required string Method { get; init; }

    public required int[] Hidden { get; init; }

    public required double Epsilon { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required ulong Seed { get; init; }

    public required double LearningRate { get; init; }

    public required double Momentum { get; init; }

    public required double Dropout { get; init; }

    public required bool Augment { get; init; }

    /// <summary>How many of the training samples are used, or null for all.</summary>
    public required int? TrainSamples { get; init; }

    /// <summary>How many threads work at once, or null for one a processor.</summary>
    public required int? Threads { get; init; }

    /// <summary>Where the result is to be written, or null for nowhere.</summary>
    public required FileInfo? Json { get; init; }

    /// <summary>The folder to save the model in, or null not to.</summary>
    public required DirectoryInfo? Save { get; init; }

    /// <summary>Where the data lies, or null to look in the usual places.</summary>
    public required DirectoryInfo? Data { get; init; }
}
