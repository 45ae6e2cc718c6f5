namespace SparseTraining.Training;

/// <summary>Watches a run and may end it. Callbacks read; only the trainer acts.</summary>
public abstract class TrainingCallback
{
    /// <summary>Called after every step.</summary>
    /// <param name="record">What happened.</param>
    /// <returns>Whether to go on.</returns>
    public virtual TrainingDecision OnStepEnd(in StepRecord record) => TrainingDecision.Continue;

    /// <summary>
    /// Called after every epoch and its validation, before the rewire that may follow: a run that ends here leaves the model that was
    /// measured, without untrained links.
    /// </summary>
    /// <param name="record">What happened so far. What a rewire at the epoch's end does comes with <see cref="OnRewire"/>, and is in the record of the <see cref="FitResult"/>.</param>
    /// <returns>Whether to go on.</returns>
    public virtual TrainingDecision OnEpochEnd(EpochRecord record) => TrainingDecision.Continue;

    /// <summary>Called after every rewire: those by steps come before <see cref="OnStepEnd"/> of their step, those by epochs after <see cref="OnEpochEnd"/> of their epoch.</summary>
    /// <param name="record">What happened.</param>
    public virtual void OnRewire(RewireRecord record)
    {
    }
}
