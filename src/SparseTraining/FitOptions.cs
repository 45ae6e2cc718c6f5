using Microsoft.Extensions.Logging;
using SparseTraining.Data;
using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining;

/// <summary>How one run of training goes: how long, on what beside the training data, and who watches.</summary>
public sealed record FitOptions
{
    /// <summary>Passes over the training data, at least 1. 50 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Epochs
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Epochs), value, "There must be at least 1 epoch.");
    } = 50;

    /// <summary>Samples of one step, at least 1; the last step of an epoch takes what is left. 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "The batch size must be at least 1.");
    } = 100;

    /// <summary>Data to measure on after each epoch; never trained on.</summary>
    public BatchSource? Validation { get; init; }

    /// <summary>When to end early, or <see langword="null"/> to train all epochs.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Watchers that are called after steps and epochs and may end the run.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init => field = value ?? throw new ArgumentNullException(nameof(Callbacks)); } = [];

    /// <summary>
    /// Receives a record after every epoch, on the calling thread. (<see cref="Progress{T}"/> of .NET passes it on to the thread
    /// pool where there is no user interface, so that reports may come late or out of order.)
    /// </summary>
    public IProgress<EpochRecord>? Progress { get; init; }

    /// <summary>Receives messages about the run.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Ends the run between two steps; the model keeps what it has learnt until then.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether each epoch sees the samples in a new random order. True by default.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>A factor on the loss of each class's samples, finite and at least 0, or empty for 1. See <see cref="Data.ClassWeights"/>.</summary>
    public IReadOnlyList<float> ClassWeights { get; init => field = value ?? throw new ArgumentNullException(nameof(ClassWeights)); } = [];

    /// <summary>
    /// Whether training goes on from the weights, links and optimizer state of an earlier Fit. By default a second Fit starts
    /// afresh from the seed.
    /// </summary>
    public bool WarmStart { get; init; }

    /// <summary>
    /// A checkpoint of the same run to go on from, or <see langword="null"/> to begin. Model, data and all options that
    /// decide results must be those of the run (the number of threads may differ), and it then ends with the same bits as
    /// if it had never been stopped. A run that began as a warm start is resumed like any other.
    /// </summary>
    public Checkpoint? ResumeFrom { get; init; }

    /// <summary>
    /// Threads that work at once, at least 1, or −1 (the default) for one a processor, less those that other models of this
    /// process train with at the time. It never changes results.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither −1 nor at least 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxDegreeOfParallelism), value, "The number of threads must be at least 1, or -1 for one a processor.");
    } = -1;
}
