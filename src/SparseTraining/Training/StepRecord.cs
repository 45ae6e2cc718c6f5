namespace SparseTraining.Training;

/// <summary>What happened in one step.</summary>
/// <param name="Step">The step, from 1, over the whole run.</param>
/// <param name="StepCount">Steps of the whole run, or −1 where the source does not say how many samples it holds.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="EpochCount">Epochs of the run.</param>
/// <param name="Loss">The mean over the batch of weight · loss.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public readonly record struct StepRecord(long Step, long StepCount, int Epoch, int EpochCount, double Loss, double LearningRate);
