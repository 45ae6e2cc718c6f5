namespace SparseTraining.Training;

/// <summary>The counters of a <see cref="Network"/>.</summary>
internal readonly record struct NetworkCounters(long StepsTaken, long OptimizerSteps, int EpochsBegun, int Rewires)
{
    public static NetworkCounters Of(Network network) =>
        new(network.StepsTaken, network.OptimizerSteps, network.EpochsBegun, network.Rewires);

    public void Restore(Network network) =>
        (network.StepsTaken, network.OptimizerSteps, network.EpochsBegun, network.Rewires) = this;
}
