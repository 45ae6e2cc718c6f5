using Microsoft.Extensions.Logging;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;

namespace SparseTraining.Training;

/// <summary>Everything that a run needs, checked by the front door.</summary>
internal sealed record TrainingPlan
{
    public required MlpTask Task { get; init; }

    public required BatchSource Source { get; init; }

    public required BatchSource? Validation { get; init; }

    public required FeatureScaler? Scaler { get; init; }

    public required float[] ClassWeights { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required bool Shuffle { get; init; }

    public required ulong Seed { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required ILearningRateSchedule LearningRateSchedule { get; init; }

    public required Regularization Regularization { get; init; }

    public required GradientClipping? Clipping { get; init; }

    public required TopologyEvolution Evolution { get; init; }

    /// <summary>Whether the network is torn down and built anew after each epoch that rewires.</summary>
    public required bool RebuildsAfterRewire { get; init; }

    public required EarlyStopping? EarlyStopping { get; init; }

    public required IReadOnlyList<TrainingCallback> Callbacks { get; init; }

    public required IProgress<EpochRecord>? Progress { get; init; }

    public required ILogger? Logger { get; init; }

    /// <summary>Threads that work at once, or −1 for one a free processor.</summary>
    public required int Threads { get; init; }

    public required CancellationToken Cancellation { get; init; }

    /// <summary>What the run was asked for, as texts, to tell whether a checkpoint belongs to it.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Fingerprint { get; init; }

    /// <summary>The state to go on from, or null to begin.</summary>
    public required RunState? Resume { get; init; }
}
