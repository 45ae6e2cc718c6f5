namespace SparseTraining.Schedules;

/// <summary>factor^⌊epoch / n⌋.</summary>
internal sealed record StepRate(int EveryEpochs, double Factor) : ILearningRateSchedule
{
    public double GetScale(in TrainingProgress progress) => PortableMath.Power(Factor, progress.Epoch / EveryEpochs);

    public override string ToString() => FormattableString.Invariant($"times {Factor} every {EveryEpochs} epochs");
}
