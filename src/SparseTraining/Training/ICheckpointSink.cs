namespace SparseTraining.Training;

/// <summary>A callback that keeps the state of a run. It says when; the trainer hands the state over at the next safe point.</summary>
internal interface ICheckpointSink
{
    /// <summary>Called before the first step of a run, or of what is left of it.</summary>
    /// <param name="step">Steps taken before.</param>
    void Begin(long step);

    /// <summary>Whether the state is to be kept after a step.</summary>
    bool WantsStep(in StepRecord record);

    /// <summary>Whether the state is to be kept after an epoch.</summary>
    bool WantsEpoch(EpochRecord record, bool isBest);

    /// <summary>Keeps the state, which changes as soon as this returns.</summary>
    /// <param name="run">The state.</param>
    /// <param name="isBest">Whether an epoch that is the best so far has just ended.</param>
    void Keep(RunState run, bool isBest);
}
