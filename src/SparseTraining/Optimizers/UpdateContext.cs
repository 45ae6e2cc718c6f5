namespace SparseTraining.Optimizers;

/// <summary>What changes from step to step.</summary>
/// <param name="Step">Number of the step, counted from 1 since the state was zero.</param>
/// <param name="LearningRate">Learning rate of this step, after the schedule.</param>
public readonly record struct UpdateContext(long Step, double LearningRate);
