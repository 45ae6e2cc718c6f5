using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Σ_s dz[r, s] over all tiles: the bias gradient.</summary>
/// <remarks>
/// Order: each tile is added up sixteen (four, one) lanes at a time and then in the fixed tree of
/// <see cref="HorizontalSum"/>; the tiles' sums are added in their order.
/// </remarks>
internal static class RowSums
{
    /// <summary>Adds up rows [firstRow, firstRow + sums.Length).</summary>
    /// <param name="dz">[tiles][outputs, width].</param>
    /// <param name="layout">How the samples are cut into tiles.</param>
    /// <param name="firstTile">The first tile to add.</param>
    /// <param name="endTile">One past the last tile to add.</param>
    /// <param name="outputs">Rows of a tile.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="sums">Receives one sum a row.</param>
    public static void Run(ReadOnlySpan<float> dz, TileLayout layout, int firstTile, int endTile, int outputs, int firstRow, Span<float> sums)
    {
        sums.Clear();
        for (int tile = firstTile; tile < endTile; tile++)
        {
            int width = layout.WidthOf(tile);
            ReadOnlySpan<float> rows = layout.Tile(dz, tile, outputs).Slice(firstRow * width, sums.Length * width);
            if (width == 1)
            {
                AddTile<Lane1>(rows, width, sums);
            }
            else if (width == 4)
            {
                AddTile<Lane128>(rows, width, sums);
            }
            else if (Vector512.IsHardwareAccelerated)
            {
                AddTile<Lane512>(rows, width, sums);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                AddTile<Join<Lane256, Lane256>>(rows, width, sums);
            }
            else
            {
                AddTile<Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>(rows, width, sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile<T>(ReadOnlySpan<float> rows, int width, Span<float> sums)
        where T : struct, ILane<T>
    {
        ref float row = ref MemoryMarshal.GetReference(rows);
        for (int i = 0; i < sums.Length; i++)
        {
            T sum = T.Broadcast(0f);
            for (int s = 0; s < width; s += T.Count)
            {
                sum += T.Load(in Unsafe.Add(ref row, s));
            }

            sums[i] += HorizontalSum.OfFour(sum, sum, sum, sum).ToScalar();
            row = ref Unsafe.Add(ref row, width);
        }
    }
}
