namespace SparseTraining;

/// <summary>One layer of a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">The layer's place and kind.</param>
/// <param name="InputSize">Input neurons.</param>
/// <param name="OutputSize">Output neurons.</param>
/// <param name="Activation">The activation that follows.</param>
/// <param name="LinkCount">Links.</param>
/// <param name="Density">Links / (inputs · outputs).</param>
/// <param name="ParameterCount">Links, biases and activation parameters.</param>
/// <param name="TrainingStateBytes">Bytes of weights, biases, the optimizer's state and indices while training.</param>
/// <param name="Note">What a reader should know, for example that ε asked for more links than there are positions; else empty.</param>
public sealed record LayerSummary(
    string Name,
    int InputSize,
    int OutputSize,
    string Activation,
    int LinkCount,
    double Density,
    int ParameterCount,
    long TrainingStateBytes,
    string Note)
{
    /// <summary><see cref="TrainingStateBytes"/> for each link, biases and pointers included.</summary>
    public double BytesPerLink => (double)TrainingStateBytes / LinkCount;
}
