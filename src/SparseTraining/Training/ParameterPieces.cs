using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>Some parameters of a layer that are updated together.</summary>
internal readonly record struct ParameterPiece(int Layer, ParameterKind Kind, int First, int Count);

/// <summary>A network's parameters cut into pieces, layer by layer.</summary>
internal static class ParameterPieces
{
    /// <summary>Weights of a piece: enough to be worth a hand-over, few enough to stay in the cache.</summary>
    private const int MostParameters = 4096;

    public static IEnumerable<ParameterPiece> Of(Network network)
    {
        for (int i = 0; i < network.Layers.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            int activationParameters = layer.ActivationParameters.Values.Length;

            // Whole neurons to a piece, or all that the activation takes at once.
            int activationStep = layer.Activation.IsElementwise ? MostParameters / 16 * layer.Activation.ParametersPerNeuron : activationParameters;
            (ParameterKind Kind, int Parameters, int Step)[] kinds =
            [
                (ParameterKind.Weights, layer.Linear.Weights.Values.Length, MostParameters),
                (ParameterKind.Biases, layer.Linear.OutputSize, MostParameters / 16),
                (ParameterKind.Activation, activationParameters, activationStep),
            ];
            foreach ((ParameterKind kind, int parameters, int step) in kinds)
            {
                for (int first = 0; first < parameters; first += step)
                {
                    yield return new(i, kind, first, Math.Min(step, parameters - first));
                }
            }
        }
    }
}
