namespace SparseTraining.Training;

/// <summary>The history of a training run.</summary>
public sealed class FitResult
{
    internal FitResult(IReadOnlyList<EpochRecord> history, StopReason stopReason, int bestEpoch, bool restoredBest, long trainingStateBytes)
    {
        History = history;
        StopReason = stopReason;
        BestEpoch = bestEpoch;
        RestoredBestWeights = restoredBest;
        TrainingStateBytes = trainingStateBytes;
    }

    /// <summary>One record an epoch, in order.</summary>
    public IReadOnlyList<EpochRecord> History { get; }

    /// <summary>Why the run ended.</summary>
    public StopReason StopReason { get; }

    /// <summary>
    /// The epoch (from 1) with the best value of the metric that early stopping watched, or else with the lowest
    /// validation loss (training loss without validation data).
    /// </summary>
    public int BestEpoch { get; }

    /// <summary>Whether the model went back to the weights of <see cref="BestEpoch"/>.</summary>
    public bool RestoredBestWeights { get; }

    /// <summary>The last epoch.</summary>
    public EpochRecord Final => History[^1];

    /// <summary>Bytes that training kept: weights, biases, optimizer state, indices, and the blocks of activations.</summary>
    public long TrainingStateBytes { get; }

    /// <summary>Seconds spent on training steps in the whole run.</summary>
    public double TrainingSeconds => History.Sum(epoch => epoch.TrainingSeconds);

    /// <summary>Seconds spent on rewiring in the whole run.</summary>
    public double RewireSeconds => History.Sum(epoch => epoch.RewireSeconds);

    /// <summary>Seconds spent on validation in the whole run.</summary>
    public double EvaluationSeconds => History.Sum(epoch => epoch.EvaluationSeconds);
}
