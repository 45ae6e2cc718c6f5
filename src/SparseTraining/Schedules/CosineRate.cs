namespace SparseTraining.Schedules;

/// <summary>From 1 down to the minimum along half a cosine.</summary>
internal sealed record CosineRate(double MinScale) : ILearningRateSchedule
{
    public double GetScale(in TrainingProgress progress) => Between.Cosine(1, MinScale, progress.RunFraction / 2);

    public override string ToString() => FormattableString.Invariant($"cosine from 1 to {MinScale}");
}
