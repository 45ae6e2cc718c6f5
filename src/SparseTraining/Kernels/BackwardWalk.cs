using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Kernels;

/// <summary>
/// The backward pass of a sparse layer in one walk over its links, column by column: the transposed product
/// dx[c] = Σ_k w_k · dz[row_k] and, at the same links, the sampled dense × dense product g_k += Σ_s x[c, s] · dz[row_k, s].
/// </summary>
/// <remarks>
/// Both need the row dz[row_k], whose load from the second-level cache is what either of them costs when done alone;
/// here it is loaded once, while x[c] and dx[c] stay in registers for all links of a column.
/// Lanes: samples. Order: dx adds the links of a column one after another from 0. The sum over samples multiplies and
/// adds sixteen lanes at a time over the tile, then adds up the lanes in a fixed tree (<see cref="HorizontalSum"/>); so
/// neither depends on the instruction set. Tiles of four samples or one use the four or one lanes in place of sixteen.
/// Weights are read and gradients written where the link lies in the rows' order: a load and a store more a link, which
/// the loads of dz hide.
/// </remarks>
internal static class BackwardWalk
{
    /// <summary>
    /// Whether one walk for both products is the fastest way on this machine. Where sixteen lanes take more than one register, the
    /// compiler keeps inputs and sums in memory: then <see cref="SpMM"/> for dx and a walk for the sums are twice as fast, with
    /// the same bits.
    /// </summary>
    public static bool TakesBoth(int width) => Vector512.IsHardwareAccelerated || width < 16;

    /// <summary>
    /// How many links before its use what a link reads is asked for, where it lies beyond the caches: the row of dz, the weight
    /// and the gradient's place. A link takes too many instructions for the processor to look that far ahead by itself.
    /// </summary>
    private const int FetchedAhead = 32;

    /// <summary>
    /// From more values of dz on (2 MiB) it pays to ask ahead: at 25,000 neurons and 32 samples it saves a quarter to a half of the walk,
    /// at 8,000 the requests cost a little more than they save.
    /// </summary>
    private const int CachedValues = 1 << 19;

    /// <summary>Walks the links of columns [firstColumn, firstColumn + columnCount).</summary>
    /// <param name="pointers">Where each column's links start.</param>
    /// <param name="rows">The row of each link, column by column.</param>
    /// <param name="links">The number that each of these links has in the order of the rows.</param>
    /// <param name="weights">The weights, in the order of the rows.</param>
    /// <param name="x">The layer's input, [inputs, width].</param>
    /// <param name="dz">The gradient of its output, [outputs, width].</param>
    /// <param name="dx">Receives the gradient of the input, [columnCount, width]; empty where nobody needs it.</param>
    /// <param name="gradient">Receives one sum a link, in the order of the rows.</param>
    /// <param name="add">Whether the sums are added to what is there, as for all tiles but the first.</param>
    /// <param name="width">Samples of the tile: 1, 4, 16, 32, 48 or 64.</param>
    /// <param name="firstColumn">The first column.</param>
    /// <param name="columnCount">How many columns.</param>
    public static void Run(
        ReadOnlySpan<int> pointers,
        IndexSpan rows,
        ReadOnlySpan<int> links,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        Span<float> dx,
        Span<float> gradient,
        bool add,
        int width,
        int firstColumn,
        int columnCount)
    {
        Debug.Assert(dx.IsEmpty || dx.Length == columnCount * width, "rows must fit");
        Debug.Assert(gradient.Length == weights.Length && links.Length == weights.Length && rows.Length == links.Length, "links must fit");
        pointers = pointers.Slice(firstColumn, columnCount + 1);
        x = x.Slice(firstColumn * width, columnCount * width);
        if (rows.IsNarrow)
        {
            Groups.Run(new Columns<ushort>(pointers, rows.Narrow, links, weights, x, dz, dx, gradient, add, width), width);
        }
        else
        {
            Groups.Run(new Columns<int>(pointers, rows.Wide, links, weights, x, dz, dx, gradient, add, width), width);
        }
    }

    /// <summary>How many groups of lanes a tile is wide, known to the compiler.</summary>
    private interface IGroups
    {
        static abstract int Count { get; }
    }

    private readonly struct One : IGroups
    {
        public static int Count => 1;
    }

    private readonly struct Two : IGroups
    {
        public static int Count => 2;
    }

    private readonly struct Three : IGroups
    {
        public static int Count => 3;
    }

    private readonly struct Four : IGroups
    {
        public static int Count => 4;
    }

    private readonly ref struct Columns<TIndex>(
        ReadOnlySpan<int> pointers,
        ReadOnlySpan<TIndex> rows,
        ReadOnlySpan<int> links,
        ReadOnlySpan<float> weights,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        Span<float> dx,
        Span<float> gradient,
        bool add,
        int width) : IGroupKernel
        where TIndex : unmanaged
    {
        private readonly ReadOnlySpan<int> _pointers = pointers;
        private readonly ref TIndex _rows = ref MemoryMarshal.GetReference(rows);
        private readonly ref int _links = ref MemoryMarshal.GetReference(links);
        private readonly ref float _weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _dz = ref MemoryMarshal.GetReference(dz);
        private readonly ref float _dx = ref MemoryMarshal.GetReference(dx);
        private readonly ref float _gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly bool _hasDx = !dx.IsEmpty;
        private readonly bool _add = add;
        private readonly bool _isBeyondCaches = dz.Length > CachedValues;
        private readonly int _width = width;

        public void Run<T>()
            where T : struct, ILane<T>
        {
            switch (_width / T.Count)
            {
                case 1:
                    Run<T, One>();
                    break;
                case 2:
                    Run<T, Two>();
                    break;
                case 3:
                    Run<T, Three>();
                    break;
                case 4:
                    Run<T, Four>();
                    break;
                default:
                    throw new UnreachableException($"A tile of {_width} samples is none of TileLayout.");
            }
        }

        private void Run<T, TGroups>()
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            if (_hasDx)
            {
                Both<T, TGroups>();
            }
            else
            {
                GradientOnly<T, TGroups>();
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Both<T, TGroups>()
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            ref TIndex rows = ref _rows;
            ref int links = ref _links;
            ref float weights = ref _weights;
            ref float dz = ref _dz;
            ref float gradient = ref _gradient;
            nint width = TGroups.Count * T.Count;
            bool add = _add;
            nint entry = _pointers[0];
            nint endOfFetching = _isBeyondCaches ? _pointers[^1] - FetchedAhead - 4 : -1;
            for (int column = 0; column + 1 < _pointers.Length; column++)
            {
                ref float source = ref Unsafe.Add(ref _x, column * width);
                T x0 = T.Load(in source);
                T x1 = TGroups.Count > 1 ? T.Load(in Unsafe.Add(ref source, T.Count)) : default;
                T x2 = TGroups.Count > 2 ? T.Load(in Unsafe.Add(ref source, 2 * T.Count)) : default;
                T x3 = TGroups.Count > 3 ? T.Load(in Unsafe.Add(ref source, 3 * T.Count)) : default;
                T a0 = T.Broadcast(0f), a1 = a0, a2 = a0, a3 = a0;
                nint end = _pointers[column + 1];
                for (; entry + 4 <= end; entry += 4)
                {
                    if (entry < endOfFetching)
                    {
                        Fetch<T, TGroups>(ref dz, ref rows, ref links, ref weights, ref gradient, entry + FetchedAhead);
                    }

                    (nint row0, nint row1, nint row2, nint row3) = IndexWidth.FourOffsets(ref Unsafe.Add(ref rows, entry));
                    (nint link0, nint link1, nint link2, nint link3) = IndexWidth.FourOffsets(ref Unsafe.Add(ref links, entry));
                    T s0 = Link<T, TGroups>(ref dz, row0, Unsafe.Add(ref weights, link0), x0, x1, x2, x3, ref a0, ref a1, ref a2, ref a3);
                    T s1 = Link<T, TGroups>(ref dz, row1, Unsafe.Add(ref weights, link1), x0, x1, x2, x3, ref a0, ref a1, ref a2, ref a3);
                    T s2 = Link<T, TGroups>(ref dz, row2, Unsafe.Add(ref weights, link2), x0, x1, x2, x3, ref a0, ref a1, ref a2, ref a3);
                    T s3 = Link<T, TGroups>(ref dz, row3, Unsafe.Add(ref weights, link3), x0, x1, x2, x3, ref a0, ref a1, ref a2, ref a3);
                    Vector128<float> sums = HorizontalSum.OfFour(s0, s1, s2, s3);
                    Put(ref gradient, link0, link1, link2, link3, sums, add);
                }

                for (; entry < end; entry++)
                {
                    nint link = Unsafe.Add(ref links, entry);
                    nint row = IndexWidth.ToOffset(Unsafe.Add(ref rows, entry));
                    T s = Link<T, TGroups>(ref dz, row, Unsafe.Add(ref weights, link), x0, x1, x2, x3, ref a0, ref a1, ref a2, ref a3);
                    HorizontalSum.Put(ref Unsafe.Add(ref gradient, link), HorizontalSum.OfFour(s, s, s, s).ToScalar(), add);
                }

                ref float destination = ref Unsafe.Add(ref _dx, column * width);
                a0.Store(ref destination);
                if (TGroups.Count > 1)
                {
                    a1.Store(ref Unsafe.Add(ref destination, T.Count));
                }

                if (TGroups.Count > 2)
                {
                    a2.Store(ref Unsafe.Add(ref destination, 2 * T.Count));
                }

                if (TGroups.Count > 3)
                {
                    a3.Store(ref Unsafe.Add(ref destination, 3 * T.Count));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void GradientOnly<T, TGroups>()
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            ref TIndex rows = ref _rows;
            ref int links = ref _links;
            ref float dz = ref _dz;
            ref float gradient = ref _gradient;
            nint width = TGroups.Count * T.Count;
            bool add = _add;
            nint entry = _pointers[0];
            for (int column = 0; column + 1 < _pointers.Length; column++)
            {
                ref float source = ref Unsafe.Add(ref _x, column * width);
                T x0 = T.Load(in source);
                T x1 = TGroups.Count > 1 ? T.Load(in Unsafe.Add(ref source, T.Count)) : default;
                T x2 = TGroups.Count > 2 ? T.Load(in Unsafe.Add(ref source, 2 * T.Count)) : default;
                T x3 = TGroups.Count > 3 ? T.Load(in Unsafe.Add(ref source, 3 * T.Count)) : default;
                nint end = _pointers[column + 1];
                for (; entry + 4 <= end; entry += 4)
                {
                    (nint row0, nint row1, nint row2, nint row3) = IndexWidth.FourOffsets(ref Unsafe.Add(ref rows, entry));
                    T s0 = Dot<T, TGroups>(ref dz, row0, x0, x1, x2, x3);
                    T s1 = Dot<T, TGroups>(ref dz, row1, x0, x1, x2, x3);
                    T s2 = Dot<T, TGroups>(ref dz, row2, x0, x1, x2, x3);
                    T s3 = Dot<T, TGroups>(ref dz, row3, x0, x1, x2, x3);
                    Vector128<float> sums = HorizontalSum.OfFour(s0, s1, s2, s3);
                    (nint link0, nint link1, nint link2, nint link3) = IndexWidth.FourOffsets(ref Unsafe.Add(ref links, entry));
                    Put(ref gradient, link0, link1, link2, link3, sums, add);
                }

                for (; entry < end; entry++)
                {
                    T s = Dot<T, TGroups>(ref dz, IndexWidth.ToOffset(Unsafe.Add(ref rows, entry)), x0, x1, x2, x3);
                    HorizontalSum.Put(ref Unsafe.Add(ref gradient, Unsafe.Add(ref links, entry)), HorizontalSum.OfFour(s, s, s, s).ToScalar(), add);
                }
            }
        }

        /// <summary>Asks for what four links will read and write; a hint that changes no result.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static unsafe void Fetch<T, TGroups>(
            ref float dz, ref TIndex rows, ref int links, ref float weights, ref float gradient, nint entry)
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            if (Sse.IsSupported)
            {
                nint width = TGroups.Count * T.Count;
                for (nint link = entry; link < entry + 4; link++)
                {
                    ref float row = ref Unsafe.Add(ref dz, IndexWidth.ToOffset(Unsafe.Add(ref rows, link)) * width);
                    for (nint s = 0; s < width; s += 16)
                    {
                        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, s)));
                    }

                    Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref weights, Unsafe.Add(ref links, link))));
                    Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref gradient, Unsafe.Add(ref links, link))));
                }
            }
        }

        /// <summary>One link: adds to dx and returns the lanes of the products x · dz.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Link<T, TGroups>(
            ref float dz, nint dzRow, float linkWeight, T x0, T x1, T x2, T x3, ref T a0, ref T a1, ref T a2, ref T a3)
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            T weight = T.Broadcast(linkWeight);
            ref float source = ref Unsafe.Add(ref dz, dzRow * (TGroups.Count * T.Count));
            T row = T.Load(in source);
            T sum = x0 * row;
            a0 = T.MultiplyAdd(weight, row, a0);
            if (TGroups.Count > 1)
            {
                row = T.Load(in Unsafe.Add(ref source, T.Count));
                sum = T.MultiplyAdd(x1, row, sum);
                a1 = T.MultiplyAdd(weight, row, a1);
            }

            if (TGroups.Count > 2)
            {
                row = T.Load(in Unsafe.Add(ref source, 2 * T.Count));
                sum = T.MultiplyAdd(x2, row, sum);
                a2 = T.MultiplyAdd(weight, row, a2);
            }

            if (TGroups.Count > 3)
            {
                row = T.Load(in Unsafe.Add(ref source, 3 * T.Count));
                sum = T.MultiplyAdd(x3, row, sum);
                a3 = T.MultiplyAdd(weight, row, a3);
            }

            return sum;
        }

        /// <summary>One link: the lanes of the products x · dz.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Dot<T, TGroups>(ref float dz, nint dzRow, T x0, T x1, T x2, T x3)
            where T : struct, ILane<T>
            where TGroups : struct, IGroups
        {
            ref float source = ref Unsafe.Add(ref dz, dzRow * (TGroups.Count * T.Count));
            T sum = x0 * T.Load(in source);
            if (TGroups.Count > 1)
            {
                sum = T.MultiplyAdd(x1, in Unsafe.Add(ref source, T.Count), sum);
            }

            if (TGroups.Count > 2)
            {
                sum = T.MultiplyAdd(x2, in Unsafe.Add(ref source, 2 * T.Count), sum);
            }

            if (TGroups.Count > 3)
            {
                sum = T.MultiplyAdd(x3, in Unsafe.Add(ref source, 3 * T.Count), sum);
            }

            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(ref float gradient, nint link0, nint link1, nint link2, nint link3, Vector128<float> sums, bool add)
        {
            // As HorizontalSum.Put, at four places.
            sums += add
                ? Vector128.Create(
                    Unsafe.Add(ref gradient, link0), Unsafe.Add(ref gradient, link1), Unsafe.Add(ref gradient, link2), Unsafe.Add(ref gradient, link3))
                : Vector128<float>.Zero;
            Unsafe.Add(ref gradient, link0) = sums.ToScalar();
            Unsafe.Add(ref gradient, link1) = sums.GetElement(1);
            Unsafe.Add(ref gradient, link2) = sums.GetElement(2);
            Unsafe.Add(ref gradient, link3) = sums.GetElement(3);
        }
    }
}
