using SparseTraining.Layers;
using SparseTraining.Topology;

namespace SparseTraining.Training;

/// <summary>A copy of everything that training changes in a network, to go back to.</summary>
internal sealed class NetworkSnapshot
{
    private readonly WeightMask?[] _masks;
    private readonly ParameterArray[] _parameters;

    public NetworkSnapshot(Network network)
    {
        _masks = [.. network.Layers.Select(layer => (layer.Linear as IRewirable)?.Mask)];
        _parameters = [.. network.Parameters.Select(Copy)];
    }

    public void Restore(Network network)
    {
        for (int i = 0; i < _masks.Length; i++)
        {
            LinearLayer linear = network.Layers[i].Linear;
            if (linear is IRewirable rewirable && !ReferenceEquals(rewirable.Mask, _masks[i]))
            {
                network.Layers[i].Linear = linear is SparseLinearLayer
                    ? new SparseLinearLayer(_masks[i]!)
                    : new MaskedLinearLayer(_masks[i]!);
            }
        }

        int array = 0;
        foreach (ParameterArray parameters in network.Parameters)
        {
            parameters.CopyFrom(_parameters[array++]);
        }
    }

    private static ParameterArray Copy(ParameterArray source)
    {
        var copy = new ParameterArray(0);
        copy.CopyFrom(source);
        return copy;
    }
}
