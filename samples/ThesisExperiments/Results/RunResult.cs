using System.Text.Json.Serialization;

namespace ThesisExperiments.Results;

/// <summary>How a run ended, so far.</summary>
internal enum RunStatus
{
    /// <summary>Not all epochs are trained: stopped, or still running.</summary>
    Unfinished,

    /// <summary>All epochs are trained.</summary>
    Completed,

    /// <summary>Loss or weights left the range of numbers.</summary>
    Diverged,
}

/// <summary>The data that a run saw.</summary>
internal sealed record DataFacts(string Key, string Name, bool IsGenerated, int TrainSamples, int TestSamples, int Features, int Classes);

/// <summary>Seconds. Medians are over epochs; inference is measured after training and a warm-up.</summary>
internal sealed record RunTimes(
    double MedianTrainingSeconds,
    double MedianEvolutionSeconds,
    double TotalTrainingSeconds,
    double TotalEvolutionSeconds,
    double InferenceMicrosecondsPerSample,
    double SingleSampleMicroseconds);

/// <summary>Bytes: of all that training keeps, of weights with optimizer state and indices alone, and of the saved model.</summary>
internal sealed record RunBytes(long Training, long Parameters, long ModelFile);

/// <summary>What a training run came to, as it stands in the JSON file.</summary>
internal sealed record RunResult
{
    public int Format { get; init; } = 1;

    public required string Experiment { get; init; }

    public required DataFacts Data { get; init; }

    /// <summary>The method's key, and its name for readers.</summary>
    public required string Method { get; init; }

    public required string MethodName { get; init; }

    /// <summary>The method's key with what differs from the thesis' settings; the name of the files.</summary>
    public required string Configuration { get; init; }

    public required string SettingsName { get; init; }

    public required string FirstWeights { get; init; }

    public required int Run { get; init; }

    public required ulong Seed { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Why it diverged, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Whether sizes were made small.</summary>
    public required bool Quick { get; init; }

    public required DateTime StartedUtc { get; init; }

    /// <summary>Whether the run was stopped at least once and went on from a checkpoint.</summary>
    public required bool WasResumed { get; init; }

    public required Machine Machine { get; init; }

    public required SortedDictionary<string, string> Settings { get; init; }

    public required int Epochs { get; init; }

    public required long Links { get; init; }

    public required long ParameterCount { get; init; }

    public required long DenseParameterCount { get; init; }

    public required RunTimes Times { get; init; }

    public required RunBytes Bytes { get; init; }

    public required History History { get; init; }

    /// <summary>Accuracy on test data after the last epoch; NaN before the first.</summary>
    public double FinalAccuracy => History.Count == 0 ? double.NaN : History.TestAccuracy[^1];

    /// <summary>The best accuracy on test data after any epoch: an optimistic figure, since it was chosen on that data.</summary>
    public double BestAccuracy => History.Count == 0 ? double.NaN : History.TestAccuracy.Max();

    /// <summary>What counts in comparisons: a run that diverged has no model, and is taken to guess.</summary>
    [JsonIgnore]
    public double ScoredAccuracy => Status == RunStatus.Diverged ? 1.0 / Data.Classes : FinalAccuracy;
}
