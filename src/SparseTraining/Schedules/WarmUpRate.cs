namespace SparseTraining.Schedules;

/// <summary>Another schedule, multiplied by a factor that grows linearly to 1 during the first epochs.</summary>
internal sealed record WarmUpRate(double Epochs, ILearningRateSchedule Then, double StartScale) : ILearningRateSchedule
{
    public double GetScale(in TrainingProgress progress)
    {
        double warm = Math.Min(1, StartScale + ((1 - StartScale) * progress.EpochFraction / Epochs));
        return warm * Then.GetScale(progress);
    }

    public bool MayUndoEpochs => Then.MayUndoEpochs;

    public bool ShouldUndoEpoch(in TrainingProgress progress) => Then.ShouldUndoEpoch(progress);

    public override string ToString() => FormattableString.Invariant($"warm-up over {Epochs} epochs, then {Then}");
}
