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
            Groups.Run(new Kernel(layout.Tile(dz, tile, outputs).Slice(firstRow * width, sums.Length * width), width, sums), width);
        }
    }

    private readonly ref struct Kernel(ReadOnlySpan<float> rows, int width, Span<float> sums) : IGroupKernel
    {
        private readonly ReadOnlySpan<float> _rows = rows;
        private readonly int _width = width;
        private readonly Span<float> _sums = sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>()
            where T : struct, ILane<T>
        {
            ref float row = ref MemoryMarshal.GetReference(_rows);
            foreach (ref float total in _sums)
            {
                T sum = T.Broadcast(0f);
                for (int s = 0; s < _width; s += T.Count)
                {
                    sum += T.Load(in Unsafe.Add(ref row, s));
                }

                total += HorizontalSum.OfFour(sum, sum, sum, sum).ToScalar();
                row = ref Unsafe.Add(ref row, _width);
            }
        }
    }
}
