using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>What training changes in a network: links, values and, unless it is a copy without, optimizer state.</summary>
internal sealed class NetworkSnapshot
{
    /// <summary>Takes over masks, one a layer or null where it has none, and arrays in the order of <see cref="Network.Parameters"/>.</summary>
    public NetworkSnapshot(WeightMask?[] masks, ParameterArray[] parameters)
    {
        Masks = masks;
        Parameters = parameters;
    }

    public WeightMask?[] Masks { get; }

    public ParameterArray[] Parameters { get; }

    /// <summary>A copy, to go back to. Without the optimizer's state, whoever does so starts the optimizer anew.</summary>
    public static NetworkSnapshot Copy(Network network, bool withOptimizerState = false) =>
        new(MasksOf(network), [.. network.Parameters.Select(array => array.Clone(withOptimizerState))]);

    /// <summary>The network's own arrays, to write them out before it changes again.</summary>
    public static NetworkSnapshot View(Network network) => new(MasksOf(network), [.. network.Parameters]);

    /// <summary>Throws if this is not a snapshot of a network with the same layers and, unless it is a copy, the same optimizer.</summary>
    public void ThrowIfNotFor(Network network, Optimizer optimizer, bool isCopy)
    {
        ParameterArray[] own = [.. network.Parameters];
        bool fits = Masks.Length == network.Layers.Length && Parameters.Length == own.Length;
        for (int i = 0; fits && i < Masks.Length; i++)
        {
            LinearLayer linear = network.Layers[i].Linear;
            fits = Masks[i] is null
                ? linear is not IRewirable
                : linear is IRewirable && (Masks[i]!.Rows, Masks[i]!.Columns) == (linear.OutputSize, linear.InputSize);
        }

        for (int i = 0; fits && i < own.Length; i++)
        {
            // Every layer has three arrays, its weights first. Only a sparse layer has as many as links.
            int length = i % 3 == 0 && network.Layers[i / 3].Linear is SparseLinearLayer ? Masks[i / 3]!.LinkCount : own[i].Values.Length;
            fits = Parameters[i].Values.Length == length
                && (isCopy || Parameters[i].FirstState.Length == (optimizer.StateCount > 0 ? length : 0))
                && (isCopy || Parameters[i].SecondState.Length == (optimizer.StateCount > 1 ? length : 0));
        }

        if (!fits)
        {
            throw new InvalidDataException("The checkpoint does not fit the network: its layers or its optimizer's state are others.");
        }
    }

    public void Restore(Network network)
    {
        for (int i = 0; i < Masks.Length; i++)
        {
            LinearLayer linear = network.Layers[i].Linear;
            if (linear is IRewirable rewirable && !ReferenceEquals(rewirable.Mask, Masks[i]))
            {
                network.Layers[i].Linear = linear is SparseLinearLayer
                    ? new SparseLinearLayer(Masks[i]!)
                    : new MaskedLinearLayer(Masks[i]!);
            }
        }

        int array = 0;
        foreach (ParameterArray parameters in network.Parameters)
        {
            parameters.CopyFrom(Parameters[array++]);
        }
    }

    private static WeightMask?[] MasksOf(Network network) => [.. network.Layers.Select(layer => (layer.Linear as IRewirable)?.Mask)];
}
