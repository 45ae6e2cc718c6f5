using SparseTraining.Kernels;

namespace SparseTraining.Layers;

/// <summary>What the backward pass of a layer reads and writes, for some tiles of a batch.</summary>
internal readonly ref struct BackwardBlocks(
    ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, TileLayout layout, int firstTile, int endTile)
{
    /// <summary>X, [tiles][inputs, width].</summary>
    public ReadOnlySpan<float> Input { get; } = input;

    /// <summary>dZ, [tiles][outputs, width].</summary>
    public ReadOnlySpan<float> OutputGradient { get; } = outputGradient;

    /// <summary>dX, [tiles][inputs, width], overwritten; empty where nobody needs it.</summary>
    public Span<float> InputGradient { get; } = inputGradient;

    /// <summary>How the samples are cut into tiles.</summary>
    public TileLayout Layout { get; } = layout;

    /// <summary>The first tile to take.</summary>
    public int FirstTile { get; } = firstTile;

    /// <summary>One past the last tile to take.</summary>
    public int EndTile { get; } = endTile;
}
