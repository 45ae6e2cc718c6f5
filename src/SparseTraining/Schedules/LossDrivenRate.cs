namespace SparseTraining.Schedules;

/// <summary>
/// Grows while the loss falls; shrinks and takes an epoch back when it rises by more than a tolerance.
/// </summary>
internal sealed record LossDrivenRate(double Increase, double Decrease, double Tolerance) : ILearningRateSchedule
{
    /// <summary>
    /// Epochs that are undone in a row at most; then a higher loss is accepted. With rates that much smaller it is not the rate that keeps
    /// the loss up: the links may have been rewired since the loss that it is compared with.
    /// </summary>
    private const int MostUndoneInARow = 3;

    public double GetScale(in TrainingProgress progress) => Follow(progress.EpochLosses).Scale;

    public bool MayUndoEpochs => true;

    public bool ShouldUndoEpoch(in TrainingProgress progress) => Follow(progress.EpochLosses).IsLastUndone;

    public override string ToString() =>
        FormattableString.Invariant($"loss-driven, × {Increase} or × {Decrease}, tolerance {Tolerance}");

    private (double Scale, bool IsLastUndone) Follow(IReadOnlyList<double> losses)
    {
        double scale = 1;
        bool isUndone = false;
        int undoneInARow = 0;
        double accepted = losses.Count > 0 ? losses[0] : double.NaN;
        for (int i = 1; i < losses.Count; i++)
        {
            // Written so that NaN counts as a rise, unless there is no loss to compare with.
            bool rose = !(losses[i] <= accepted * (1 + Tolerance)) && double.IsFinite(accepted);
            isUndone = rose && undoneInARow < MostUndoneInARow;
            undoneInARow = isUndone ? undoneInARow + 1 : 0;
            if (isUndone)
            {
                scale *= Decrease;
                continue;
            }

            scale *= losses[i] < accepted ? Increase : 1;
            accepted = losses[i];
        }

        return (scale, isUndone);
    }
}
