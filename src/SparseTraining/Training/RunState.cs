using SparseTraining.Data;
using SparseTraining.Optimizers;

namespace SparseTraining.Training;

/// <summary>A run at a point between two steps: all that is needed to go on from there.</summary>
/// <param name="Fingerprint">What the run was asked for, as texts: it can only be resumed by a call that asks for the same.</param>
/// <param name="Trainer">What the run has changed outside the network.</param>
/// <param name="Network">Links, values and optimizer state.</param>
/// <param name="Counters">What the network counts over all runs.</param>
/// <param name="Scaler">The scaler of the run's data, if there is one.</param>
internal sealed record RunState(
    IReadOnlyList<KeyValuePair<string, string>> Fingerprint, TrainerState Trainer, NetworkSnapshot Network, NetworkCounters Counters, FeatureScaler? Scaler)
{
    /// <summary>Brings a network of the same shape to this state.</summary>
    /// <exception cref="InvalidDataException">A snapshot has other layers than the network, or other state than the optimizer.</exception>
    public void Restore(Network network, Optimizer optimizer)
    {
        Network.ThrowIfNotFor(network, optimizer, isCopy: false);
        Trainer.Best?.ThrowIfNotFor(network, optimizer, isCopy: true);
        Trainer.Pass?.Before?.ThrowIfNotFor(network, optimizer, isCopy: true);

        Network.Restore(network);
        Counters.Restore(network);
    }
}
