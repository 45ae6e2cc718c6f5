namespace SparseTraining.Initialization;

/// <summary>The size of a layer.</summary>
/// <param name="Inputs">Input neurons, at least 1.</param>
/// <param name="Outputs">Output neurons, at least 1.</param>
public readonly record struct LayerShape(int Inputs, int Outputs)
{
    /// <summary>Positions where a link could be.</summary>
    public long PositionCount => (long)Inputs * Outputs;

    /// <summary>Input and output neurons together.</summary>
    public long NeuronCount => (long)Inputs + Outputs;
}
