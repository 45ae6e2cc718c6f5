namespace ThesisExperiments;

/// <summary>What the command line asks for; null is "as the experiment has it".</summary>
internal sealed record RunnerOptions
{
    /// <summary>The experiments, by key.</summary>
    public required IReadOnlyList<string> Experiments { get; init; }

    public int? Epochs { get; init; }

    public int? Runs { get; init; }

    /// <summary>The run to begin with, so that runs may be spread over processes and machines.</summary>
    public int FirstRun { get; init; } = 1;

    public int? Rounds { get; init; }

    public string? Data { get; init; }

    public required string Out { get; init; }

    public bool Resume { get; init; }

    public bool Quick { get; init; }

    public IReadOnlyList<string>? Methods { get; init; }

    public IReadOnlyList<string>? Datasets { get; init; }

    public required IReadOnlyList<string> Settings { get; init; }

    public IReadOnlyList<Definitions.FirstWeights>? FirstWeights { get; init; }

    public int Threads { get; init; } = -1;

    public int? TrainSamples { get; init; }

    public ulong Seed { get; init; } = 1;
}
