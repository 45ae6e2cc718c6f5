namespace SparseTraining.Schedules;

/// <summary>Varies the learning rate over a run.</summary>
public interface ILearningRateSchedule
{
    /// <summary>What the optimizer's base learning rate is multiplied by. It depends on the progress only.</summary>
    /// <param name="progress">How far the run has come.</param>
    /// <returns>The factor, at least 0.</returns>
    double GetScale(in TrainingProgress progress);

    /// <summary>Whether <see cref="ShouldUndoEpoch"/> can ever be true: the trainer then keeps a copy of the network from before each epoch.</summary>
    bool MayUndoEpochs => false;

    /// <summary>
    /// Tells whether the epoch that has just ended must be undone: links and weights as before it, an optimizer that remembers
    /// nothing (Vogl et al. 1988 drop the momentum too: it would drive the loss up again, whatever the rate).
    /// </summary>
    /// <param name="progress">
    /// How far the run has come; the last of its epoch losses is that of the epoch in question, NaN if it diverged. A diverged
    /// epoch that is not undone ends the run.
    /// </param>
    /// <returns>Whether to undo it.</returns>
    bool ShouldUndoEpoch(in TrainingProgress progress) => false;
}
