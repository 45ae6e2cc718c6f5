namespace SparseTraining.Layers;

/// <summary>What the backward pass of a layer's inputs [FirstInput, FirstInput + InputCount) reads and writes, for one tile of a batch.</summary>
internal readonly ref struct BackwardTile
{
    /// <summary>X, [inputs, width].</summary>
    public required ReadOnlySpan<float> Input { get; init; }

    /// <summary>dZ, [outputs, width].</summary>
    public required ReadOnlySpan<float> OutputGradient { get; init; }

    /// <summary>Receives the rows of dX, [InputCount, width]; empty where nobody needs them.</summary>
    public required Span<float> InputGradient { get; init; }

    /// <summary>Samples of the tile.</summary>
    public required int Width { get; init; }

    /// <summary>The first input.</summary>
    public required int FirstInput { get; init; }

    /// <summary>How many inputs.</summary>
    public required int InputCount { get; init; }

    /// <summary>Whether the weights' gradients are added to what is there, as for all tiles but the first.</summary>
    public required bool Adds { get; init; }
}
