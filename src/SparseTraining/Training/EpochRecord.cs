namespace SparseTraining.Training;

/// <summary>What happened in one epoch.</summary>
public sealed record EpochRecord
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs that the run is to have.</summary>
    public required int EpochCount { get; init; }

    /// <summary>Steps taken so far in the run.</summary>
    public required long Step { get; init; }

    /// <summary>The mean over the epoch's samples of weight · loss, as seen while training (dropout on, weights changing); NaN for an epoch that diverged and was undone.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The share of training samples classified rightly while training; NaN for regression.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>Metrics on the validation data after the epoch's steps, before the rewire that may follow them, or <see langword="null"/> without such data.</summary>
    public EvaluationResult? Validation { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The ζ of the epoch's last rewire; NaN if there was none.</summary>
    public double Zeta { get; init; } = double.NaN;

    /// <summary>Links pruned in the epoch, over all layers.</summary>
    public long LinksPruned { get; init; }

    /// <summary>Links grown in the epoch, over all layers.</summary>
    public long LinksGrown { get; init; }

    /// <summary>Whether the learning-rate schedule had the epoch undone: the weights are those from before it.</summary>
    public bool WasUndone { get; init; }

    /// <summary>Seconds spent on training steps, data handling included.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Seconds spent on rewiring.</summary>
    public double RewireSeconds { get; init; }

    /// <summary>Seconds spent on validation.</summary>
    public double EvaluationSeconds { get; init; }
}
