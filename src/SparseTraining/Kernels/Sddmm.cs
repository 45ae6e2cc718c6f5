using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>
/// Sampled dense × dense product, the weight gradient at existing links only: g[link (r, c)] = Σ_s dz[r, s] · x[c, s].
/// </summary>
/// <remarks>
/// Layout: x is [tiles, inputs, width], dz is [tiles, outputs, width]. Order, the same on every instruction set: the
/// samples of a tile in groups of sixteen lanes, then groups of four, then single ones; the three kinds of
/// accumulator run on through all tiles and are added at the end, sixteen lanes + four lanes + single. Four links are
/// computed at once, because they share the loads of dz and one transposing sum.
/// </remarks>
internal static class Sddmm
{
    /// <summary>The sparse form: links [firstLink, firstLink + gradient.Length) of a CSR matrix.</summary>
    public static void Gradient(
        ReadOnlySpan<int> rowPointers,
        IndexSpan columns,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        int width,
        int inputs,
        int firstLink,
        Span<float> gradient)
    {
        int outputs = rowPointers.Length - 1;
        int row = RowOf(rowPointers, firstLink);
        for (int done = 0; done < gradient.Length; row++)
        {
            int count = Math.Min(rowPointers[row + 1] - firstLink - done, gradient.Length - done);
            Span<float> part = gradient.Slice(done, count);
            if (columns.IsNarrow)
            {
                OneRow<ushort, Listed<ushort>>(columns.Narrow.Slice(firstLink + done, count), 0, x, dz, width, inputs, outputs, row, part);
            }
            else
            {
                OneRow<int, Listed<int>>(columns.Wide.Slice(firstLink + done, count), 0, x, dz, width, inputs, outputs, row, part);
            }

            done += count;
        }
    }

    /// <summary>The dense form: elements [first, first + gradient.Length) of a row-major [outputs, inputs] matrix.</summary>
    public static void DenseGradient(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        int width,
        int inputs,
        int outputs,
        int first,
        Span<float> gradient)
    {
        for (int done = 0; done < gradient.Length;)
        {
            (int row, int column) = Math.DivRem(first + done, inputs);
            int count = Math.Min(inputs - column, gradient.Length - done);
            OneRow<int, Consecutive>([], column, x, dz, width, inputs, outputs, row, gradient.Slice(done, count));
            done += count;
        }
    }

    /// <summary>One row of the dense form, for matrices too large to number their elements.</summary>
    public static void DenseRowGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> dz, int width, int inputs, int outputs, int row, Span<float> gradient) =>
        OneRow<int, Consecutive>([], 0, x, dz, width, inputs, outputs, row, gradient);

    /// <summary>Σ_s dz[r, s] for the rows [firstRow, firstRow + sums.Length), in the same order: the bias gradient.</summary>
    public static void RowSums(ReadOnlySpan<float> dz, int width, int outputs, int firstRow, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            int row = firstRow + i;
            if (Vector512.IsHardwareAccelerated)
            {
                sums[i] = RowSum<Lane512>(dz, width, outputs, row);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                sums[i] = RowSum<Join<Lane256, Lane256>>(dz, width, outputs, row);
            }
            else
            {
                sums[i] = RowSum<Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>(dz, width, outputs, row);
            }
        }
    }

    private static int RowOf(ReadOnlySpan<int> rowPointers, int link)
    {
        int low = 0;
        int high = rowPointers.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            (low, high) = rowPointers[middle] <= link ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static void OneRow<TIndex, TColumns>(
        ReadOnlySpan<TIndex> columns,
        int firstColumn,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        int width,
        int inputs,
        int outputs,
        int row,
        Span<float> gradient)
        where TIndex : unmanaged
        where TColumns : struct, IColumns<TIndex>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            OneRow<TIndex, TColumns, Lane512>(columns, firstColumn, x, dz, width, inputs, outputs, row, gradient);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            OneRow<TIndex, TColumns, Join<Lane256, Lane256>>(columns, firstColumn, x, dz, width, inputs, outputs, row, gradient);
        }
        else
        {
            OneRow<TIndex, TColumns, Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>(
                columns, firstColumn, x, dz, width, inputs, outputs, row, gradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow<TIndex, TColumns, T>(
        ReadOnlySpan<TIndex> columns,
        int firstColumn,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dz,
        int width,
        int inputs,
        int outputs,
        int row,
        Span<float> gradient)
        where TIndex : unmanaged
        where TColumns : struct, IColumns<TIndex>
        where T : struct, ILane<T>
    {
        Debug.Assert(T.Count == 16 && x.Length % (inputs * width) == 0 && dz.Length % (outputs * width) == 0, "blocks must fit");
        int tiles = x.Length / (inputs * width);
        nint xTile = (nint)inputs * width;
        nint dzTile = (nint)outputs * width;
        ref TIndex index = ref MemoryMarshal.GetReference(columns);
        ref float xStart = ref MemoryMarshal.GetReference(x);
        ref float dzStart = ref Unsafe.Add(ref MemoryMarshal.GetReference(dz), (nint)row * width);
        ref float result = ref MemoryMarshal.GetReference(gradient);
        int sixteens = width & ~15;
        int fours = width & ~3;
        int link = 0;
        for (; link + 4 <= gradient.Length; link += 4)
        {
            T sum0 = T.Broadcast(0f), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            Lane128 four0 = Lane128.Broadcast(0f), four1 = four0, four2 = four0, four3 = four0;
            float one0 = 0, one1 = 0, one2 = 0, one3 = 0;
            ref float x0 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link) * width);
            ref float x1 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 1) * width);
            ref float x2 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 2) * width);
            ref float x3 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 3) * width);
            ref float d = ref dzStart;
            for (int tile = 0; tile < tiles; tile++)
            {
                nint s = 0;
                for (; s < sixteens; s += 16)
                {
                    T group = T.Load(in Unsafe.Add(ref d, s));
                    sum0 = T.MultiplyAdd(group, T.Load(in Unsafe.Add(ref x0, s)), sum0);
                    sum1 = T.MultiplyAdd(group, T.Load(in Unsafe.Add(ref x1, s)), sum1);
                    sum2 = T.MultiplyAdd(group, T.Load(in Unsafe.Add(ref x2, s)), sum2);
                    sum3 = T.MultiplyAdd(group, T.Load(in Unsafe.Add(ref x3, s)), sum3);
                }

                for (; s < fours; s += 4)
                {
                    Lane128 group = Lane128.Load(in Unsafe.Add(ref d, s));
                    four0 = Lane128.MultiplyAdd(group, Lane128.Load(in Unsafe.Add(ref x0, s)), four0);
                    four1 = Lane128.MultiplyAdd(group, Lane128.Load(in Unsafe.Add(ref x1, s)), four1);
                    four2 = Lane128.MultiplyAdd(group, Lane128.Load(in Unsafe.Add(ref x2, s)), four2);
                    four3 = Lane128.MultiplyAdd(group, Lane128.Load(in Unsafe.Add(ref x3, s)), four3);
                }

                for (; s < width; s++)
                {
                    float sample = Unsafe.Add(ref d, s);
                    one0 = MathF.FusedMultiplyAdd(sample, Unsafe.Add(ref x0, s), one0);
                    one1 = MathF.FusedMultiplyAdd(sample, Unsafe.Add(ref x1, s), one1);
                    one2 = MathF.FusedMultiplyAdd(sample, Unsafe.Add(ref x2, s), one2);
                    one3 = MathF.FusedMultiplyAdd(sample, Unsafe.Add(ref x3, s), one3);
                }

                x0 = ref Unsafe.Add(ref x0, xTile);
                x1 = ref Unsafe.Add(ref x1, xTile);
                x2 = ref Unsafe.Add(ref x2, xTile);
                x3 = ref Unsafe.Add(ref x3, xTile);
                d = ref Unsafe.Add(ref d, dzTile);
            }

            Vector128<float> sums =
                HorizontalSum.OfFour(
                    HorizontalSum.FoldToFour(sum0), HorizontalSum.FoldToFour(sum1),
                    HorizontalSum.FoldToFour(sum2), HorizontalSum.FoldToFour(sum3))
                + HorizontalSum.OfFour(four0.Value, four1.Value, four2.Value, four3.Value)
                + Vector128.Create(one0, one1, one2, one3);
            sums.StoreUnsafe(ref Unsafe.Add(ref result, link));
        }

        for (; link < gradient.Length; link++)
        {
            T sum = T.Broadcast(0f);
            Lane128 four = Lane128.Broadcast(0f);
            float one = 0;
            ref float x0 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link) * width);
            ref float d = ref dzStart;
            for (int tile = 0; tile < tiles; tile++)
            {
                nint s = 0;
                for (; s < sixteens; s += 16)
                {
                    sum = T.MultiplyAdd(T.Load(in Unsafe.Add(ref d, s)), T.Load(in Unsafe.Add(ref x0, s)), sum);
                }

                for (; s < fours; s += 4)
                {
                    four = Lane128.MultiplyAdd(Lane128.Load(in Unsafe.Add(ref d, s)), Lane128.Load(in Unsafe.Add(ref x0, s)), four);
                }

                for (; s < width; s++)
                {
                    one = MathF.FusedMultiplyAdd(Unsafe.Add(ref d, s), Unsafe.Add(ref x0, s), one);
                }

                x0 = ref Unsafe.Add(ref x0, xTile);
                d = ref Unsafe.Add(ref d, dzTile);
            }

            Unsafe.Add(ref result, link) =
                HorizontalSum.One(HorizontalSum.FoldToFour(sum)) + HorizontalSum.One(four.Value) + one;
        }
    }

    private static float RowSum<T>(ReadOnlySpan<float> dz, int width, int outputs, int row)
        where T : struct, ILane<T>
    {
        T sum = T.Broadcast(0f);
        Lane128 four = Lane128.Broadcast(0f);
        float one = 0;
        for (int start = row * width; start < dz.Length; start += outputs * width)
        {
            ref float d = ref MemoryMarshal.GetReference(dz.Slice(start, width));
            nint s = 0;
            for (; s + 16 <= width; s += 16)
            {
                sum += T.Load(in Unsafe.Add(ref d, s));
            }

            for (; s + 4 <= width; s += 4)
            {
                four += Lane128.Load(in Unsafe.Add(ref d, s));
            }

            for (; s < width; s++)
            {
                one += Unsafe.Add(ref d, s);
            }
        }

        return HorizontalSum.One(HorizontalSum.FoldToFour(sum)) + HorizontalSum.One(four.Value) + one;
    }

    private interface IColumns<TIndex>
        where TIndex : unmanaged
    {
        static abstract nint Column(ref TIndex columns, int firstColumn, int link);
    }

    /// <summary>Columns from a CSR index.</summary>
    private readonly struct Listed<TIndex> : IColumns<TIndex>
        where TIndex : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nint Column(ref TIndex columns, int firstColumn, int link) =>
            IndexWidth.ToOffset(Unsafe.Add(ref columns, link));
    }

    /// <summary>Columns one after another: a dense row.</summary>
    private readonly struct Consecutive : IColumns<int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static nint Column(ref int columns, int firstColumn, int link) => firstColumn + link;
    }
}
