using System.Buffers;
using SparseTraining.Kernels;

namespace SparseTraining.Layers;

/// <summary>
/// Blocks of any width as tiles of a width that the kernels take: the blocks themselves where they have one already, else
/// copies padded with zeros, which add nothing to a sum over samples.
/// </summary>
internal readonly ref struct TiledBlocks
{
    private readonly float[] _rented = [];

    public TiledBlocks(ReadOnlySpan<float> blocks, int features, int width)
    {
        int count = blocks.Length / (features * width);
        int padded = TileLayout.PaddedWidth(Math.Min(width, TileLayout.LargestWidth));
        if (padded == width)
        {
            Layout = new TileLayout(width, count, width);
            Values = blocks;
            return;
        }

        int tilesPerBlock = (width + padded - 1) / padded;
        Layout = new TileLayout(padded, count * tilesPerBlock, padded);
        _rented = ArrayPool<float>.Shared.Rent(checked(Layout.Count * features * padded));
        Span<float> values = _rented.AsSpan(0, Layout.Count * features * padded);
        values.Clear();
        for (int row = 0; row < count * features; row++)
        {
            (int block, int feature) = Math.DivRem(row, features);
            ReadOnlySpan<float> samples = blocks.Slice(row * width, width);
            for (int tile = 0; tile < tilesPerBlock; tile++)
            {
                samples[(tile * padded)..Math.Min(width, (tile + 1) * padded)].CopyTo(
                    values[(((block * tilesPerBlock + tile) * features + feature) * padded)..]);
            }
        }

        Values = values;
    }

    /// <summary>[tiles][features, width].</summary>
    public ReadOnlySpan<float> Values { get; }

    public TileLayout Layout { get; }

    public void Dispose()
    {
        if (_rented.Length > 0)
        {
            ArrayPool<float>.Shared.Return(_rented);
        }
    }
}
