using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Σ_s dz[r, s] of a tile: the bias gradient.</summary>
/// <remarks>
/// Order: sixteen (four, one) lanes at a time and then in the fixed tree of <see cref="HorizontalSum"/>; tiles are to be added in their
/// order. Four rows are folded together.
/// </remarks>
internal static class RowSums
{
    /// <summary>Adds up rows.</summary>
    /// <param name="rows">[sums.Length, width].</param>
    /// <param name="width">Samples of the tile: 1, 4, 16, 32, 48 or 64.</param>
    /// <param name="sums">Receives one sum a row.</param>
    /// <param name="add">Whether the sums are added to what is there, as for all tiles but the first.</param>
    public static void Run(ReadOnlySpan<float> rows, int width, Span<float> sums, bool add) =>
        Groups.Run(new Kernel(rows[..(sums.Length * width)], width, sums, add), width);

    private readonly ref struct Kernel(ReadOnlySpan<float> rows, int width, Span<float> sums, bool add) : IGroupKernel
    {
        private readonly ReadOnlySpan<float> _rows = rows;
        private readonly int _width = width;
        private readonly Span<float> _sums = sums;
        private readonly bool _add = add;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>()
            where T : struct, ILane<T>
        {
            ref float rows = ref MemoryMarshal.GetReference(_rows);
            ref float sums = ref MemoryMarshal.GetReference(_sums);
            nint width = _width;
            bool add = _add;
            nint row = 0;
            for (; row + 4 <= _sums.Length; row += 4)
            {
                ref float first = ref Unsafe.Add(ref rows, row * width);
                T s0 = Lanes<T>(ref first, width);
                T s1 = Lanes<T>(ref Unsafe.Add(ref first, width), width);
                T s2 = Lanes<T>(ref Unsafe.Add(ref first, 2 * width), width);
                T s3 = Lanes<T>(ref Unsafe.Add(ref first, 3 * width), width);
                HorizontalSum.Put(ref Unsafe.Add(ref sums, row), HorizontalSum.OfFour(s0, s1, s2, s3), add);
            }

            for (; row < _sums.Length; row++)
            {
                T s = Lanes<T>(ref Unsafe.Add(ref rows, row * width), width);
                HorizontalSum.Put(ref Unsafe.Add(ref sums, row), HorizontalSum.OfFour(s, s, s, s).ToScalar(), add);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Lanes<T>(ref float row, nint width)
            where T : struct, ILane<T>
        {
            T sum = T.Broadcast(0f);
            for (nint s = 0; s < width; s += T.Count)
            {
                sum += T.Load(in Unsafe.Add(ref row, s));
            }

            return sum;
        }
    }
}
