namespace SparseTraining.Schedules;

/// <summary>Always 1.</summary>
internal sealed record ConstantRate : ILearningRateSchedule
{
    public double GetScale(in TrainingProgress progress) => 1;

    public override string ToString() => "constant";
}
