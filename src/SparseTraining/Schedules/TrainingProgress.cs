namespace SparseTraining.Schedules;

/// <summary>How far a training run has come: what a learning-rate schedule may know.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Makes the progress of a run that has just started.</summary>
    public TrainingProgress()
    {
    }

    /// <summary>The 0-based number of the step that comes next, over the whole run.</summary>
    public long Step { get; init; }

    /// <summary>The steps of the whole run; −1 where unknown.</summary>
    public long StepCount { get; init; } = -1;

    /// <summary>The 0-based number of the epoch under way.</summary>
    public int Epoch { get; init; }

    /// <summary>The epochs of the whole run.</summary>
    public int EpochCount { get; init; }

    /// <summary>How far the run has come in epochs: 3.25 is a quarter through the fourth.</summary>
    public double EpochFraction { get; init; }

    /// <summary>The mean training losses of the epochs that have ended, undone ones included.</summary>
    public IReadOnlyList<double> EpochLosses
    {
        get => field ?? [];
        init;
    }

    /// <summary>
    /// How far the run has come, in [0, 1]: by steps where their number is known, otherwise by epochs.
    /// </summary>
    internal double RunFraction
    {
        get
        {
            double fraction = StepCount > 0 ? (double)Step / StepCount : EpochFraction / Math.Max(1, EpochCount);
            return Math.Clamp(fraction, 0, 1);
        }
    }
}
