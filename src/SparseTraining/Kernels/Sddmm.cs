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
        var block = new Tiles(x.Length / (inputs * width), (nint)inputs * width, (nint)outputs * width, width);
        ref TIndex index = ref MemoryMarshal.GetReference(columns);
        ref float xStart = ref MemoryMarshal.GetReference(x);
        ref float d = ref Unsafe.Add(ref MemoryMarshal.GetReference(dz), (nint)row * width);
        ref float result = ref MemoryMarshal.GetReference(gradient);
        int link = 0;
        for (; link + 4 <= gradient.Length; link += 4)
        {
            ref float x0 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link) * width);
            ref float x1 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 1) * width);
            ref float x2 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 2) * width);
            ref float x3 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link + 3) * width);
            Vector128<float> sums = Sixteens<T>(ref d, ref x0, ref x1, ref x2, ref x3, block);
            if (block.HasFours)
            {
                sums += Fours(ref d, ref x0, ref x1, ref x2, ref x3, block);
            }

            if (block.HasOnes)
            {
                sums += Vector128.Create(Ones(ref d, ref x0, block), Ones(ref d, ref x1, block), Ones(ref d, ref x2, block), Ones(ref d, ref x3, block));
            }

            sums.StoreUnsafe(ref Unsafe.Add(ref result, link));
        }

        for (; link < gradient.Length; link++)
        {
            // The same sums four times over: the few links that are left are not worth a loop of their own.
            ref float x0 = ref Unsafe.Add(ref xStart, TColumns.Column(ref index, firstColumn, link) * width);
            float sum = Sixteens<T>(ref d, ref x0, ref x0, ref x0, ref x0, block).ToScalar();
            sum += block.HasFours ? Fours(ref d, ref x0, ref x0, ref x0, ref x0, block).ToScalar() : 0f;
            sum += block.HasOnes ? Ones(ref d, ref x0, block) : 0f;
            Unsafe.Add(ref result, link) = sum;
        }
    }

    /// <summary>The samples of all tiles that fill groups of sixteen, for four links.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sixteens<T>(
        ref float d, ref float x0, ref float x1, ref float x2, ref float x3, in Tiles block)
        where T : struct, ILane<T>
    {
        T sum0 = T.Broadcast(0f), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        nint end = block.Width & ~15;
        nint shift = 0;
        nint dzShift = 0;
        for (int tile = 0; tile < block.Count; tile++)
        {
            for (nint s = 0; s < end; s += 16)
            {
                T group = T.Load(in Unsafe.Add(ref d, dzShift + s));
                sum0 = T.MultiplyAdd(group, in Unsafe.Add(ref x0, shift + s), sum0);
                sum1 = T.MultiplyAdd(group, in Unsafe.Add(ref x1, shift + s), sum1);
                sum2 = T.MultiplyAdd(group, in Unsafe.Add(ref x2, shift + s), sum2);
                sum3 = T.MultiplyAdd(group, in Unsafe.Add(ref x3, shift + s), sum3);
            }

            shift += block.InputStride;
            dzShift += block.OutputStride;
        }

        return HorizontalSum.OfFour(
            HorizontalSum.FoldToFour(sum0), HorizontalSum.FoldToFour(sum1), HorizontalSum.FoldToFour(sum2), HorizontalSum.FoldToFour(sum3));
    }

    /// <summary>The samples that are left over, in groups of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fours(ref float d, ref float x0, ref float x1, ref float x2, ref float x3, in Tiles block)
    {
        Lane128 sum0 = Lane128.Broadcast(0f), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        nint end = block.Width & ~3;
        nint shift = 0;
        nint dzShift = 0;
        for (int tile = 0; tile < block.Count; tile++)
        {
            for (nint s = block.Width & ~15; s < end; s += 4)
            {
                Lane128 group = Lane128.Load(in Unsafe.Add(ref d, dzShift + s));
                sum0 = Lane128.MultiplyAdd(group, in Unsafe.Add(ref x0, shift + s), sum0);
                sum1 = Lane128.MultiplyAdd(group, in Unsafe.Add(ref x1, shift + s), sum1);
                sum2 = Lane128.MultiplyAdd(group, in Unsafe.Add(ref x2, shift + s), sum2);
                sum3 = Lane128.MultiplyAdd(group, in Unsafe.Add(ref x3, shift + s), sum3);
            }

            shift += block.InputStride;
            dzShift += block.OutputStride;
        }

        return HorizontalSum.OfFour(sum0.Value, sum1.Value, sum2.Value, sum3.Value);
    }

    /// <summary>The samples that are left over after that, one by one.</summary>
    private static float Ones(ref float d, ref float x, in Tiles block)
    {
        float sum = 0;
        for (int tile = 0; tile < block.Count; tile++)
        {
            for (nint s = block.Width & ~3; s < block.Width; s++)
            {
                sum = MathF.FusedMultiplyAdd(
                    Unsafe.Add(ref d, tile * block.OutputStride + s), Unsafe.Add(ref x, tile * block.InputStride + s), sum);
            }
        }

        return sum;
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

    /// <summary>How many blocks there are, and how far apart.</summary>
    private readonly record struct Tiles(int Count, nint InputStride, nint OutputStride, nint Width)
    {
        public bool HasFours => (Width & 12) != 0;

        public bool HasOnes => (Width & 3) != 0;
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
