namespace ThesisExperiments.Results;

/// <summary>One network in a timing: what each round took.</summary>
internal sealed record TimedNetwork
{
    public required string Method { get; init; }

    public required string MethodName { get; init; }

    public required long Links { get; init; }

    public required long ParameterCount { get; init; }

    public required long DenseParameterCount { get; init; }

    /// <summary>Bytes of weights, optimizer state and indices.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>Seconds of the training steps of an epoch, one value a round.</summary>
    public List<double> TrainingSeconds { get; init; } = [];

    /// <summary>Seconds of a rewire of all layers, one value a round.</summary>
    public List<double> EvolutionSeconds { get; init; } = [];

    /// <summary>Microseconds a sample where many are predicted at once, one value a round.</summary>
    public List<double> InferenceMicroseconds { get; init; } = [];

    /// <summary>Microseconds where one sample is predicted at a time, one value a round.</summary>
    public List<double> SingleSampleMicroseconds { get; init; } = [];
}

/// <summary>
/// Times of several networks that took turns, so that each round saw the same machine: ratios within a round are fair where
/// times of separate runs are not.
/// </summary>
internal sealed record TimingResult
{
    public int Format { get; init; } = 1;

    public required string Experiment { get; init; }

    public required DataFacts Data { get; init; }

    public required string SettingsName { get; init; }

    public required int Run { get; init; }

    public required ulong Seed { get; init; }

    public required bool Quick { get; init; }

    public required DateTime StartedUtc { get; init; }

    public required Machine Machine { get; init; }

    public required SortedDictionary<string, string> Settings { get; init; }

    /// <summary>Training samples of a timed epoch; a whole epoch has all of them. 0 in files of the first version, which are measured anew.</summary>
    public int TimedSamples { get; init; }

    /// <summary>Rounds that were asked for.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rounds that were measured.</summary>
    public int MeasuredRounds => Networks.Count == 0 ? 0 : Networks.Min(network => network.SingleSampleMicroseconds.Count);

    public required List<TimedNetwork> Networks { get; init; }
}
