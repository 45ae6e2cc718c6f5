namespace SparseTraining.Training;

/// <summary>Watches a run and may end it. Callbacks read; only the trainer acts.</summary>
public abstract class TrainingCallback
{
    /// <summary>Called after every step.</summary>
    /// <param name="record">What happened.</param>
    /// <returns>Whether to go on.</returns>
    public virtual TrainingDecision OnStepEnd(in StepRecord record) => TrainingDecision.Continue;

    /// <summary>Called after every epoch, its rewire and its validation.</summary>
    /// <param name="record">What happened.</param>
    /// <returns>Whether to go on.</returns>
    public virtual TrainingDecision OnEpochEnd(EpochRecord record) => TrainingDecision.Continue;

    /// <summary>Called after every rewire, before the step or epoch that it belongs to ends.</summary>
    /// <param name="record">What happened.</param>
    public virtual void OnRewire(RewireRecord record)
    {
    }
}
