namespace SparseTraining.Training;

internal enum PieceKind
{
    Weights,
    Biases,
    Activation,
}

/// <summary>Some parameters of a layer that are updated together.</summary>
internal readonly record struct ParameterPiece(int Layer, PieceKind Kind, int First, int Count);

/// <summary>A network's parameters cut into pieces, layer by layer.</summary>
internal static class ParameterPieces
{
    /// <summary>Parameters of a piece: enough to be worth a hand-over, few enough to stay in the cache.</summary>
    public const int MostParameters = 4096;

    public static IEnumerable<ParameterPiece> Of(Network network)
    {
        for (int i = 0; i < network.Layers.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            (PieceKind Kind, int Parameters, int Step)[] kinds =
            [
                (PieceKind.Weights, layer.Linear.Weights.Values.Length, MostParameters),
                (PieceKind.Biases, layer.Linear.OutputSize, MostParameters / 16),

                // Whole neurons to a piece.
                (PieceKind.Activation, layer.ActivationParameters.Values.Length, Math.Max(1, MostParameters / 16 * layer.Activation.ParametersPerNeuron)),
            ];
            foreach ((PieceKind kind, int parameters, int step) in kinds)
            {
                for (int first = 0; first < parameters; first += step)
                {
                    yield return new(i, kind, first, Math.Min(step, parameters - first));
                }
            }
        }
    }
}
