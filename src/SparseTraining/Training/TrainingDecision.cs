namespace SparseTraining.Training;

/// <summary>What a callback wants to happen next.</summary>
public enum TrainingDecision
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>End training after the current step or epoch; the model stays usable.</summary>
    Stop,
}
