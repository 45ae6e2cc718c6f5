namespace SparseTraining.Schedules;

/// <summary>Linearly up to 1, then along half a cosine down.</summary>
internal sealed record OneCycleRate(double PeakFraction, double StartScale, double EndScale) : ILearningRateSchedule
{
    public double GetScale(in TrainingProgress progress)
    {
        double done = progress.RunFraction;
        return done < PeakFraction
            ? StartScale + ((1 - StartScale) * (done / PeakFraction))
            : Between.Cosine(1, EndScale, (done - PeakFraction) / (1 - PeakFraction) / 2);
    }

    public override string ToString() =>
        FormattableString.Invariant(
            $"one cycle from {StartScale} to 1 at {PeakFraction} of the run, down to {EndScale}");
}
