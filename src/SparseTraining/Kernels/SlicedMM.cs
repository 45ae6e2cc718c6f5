using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary><see cref="SpMM"/> over <see cref="SlicedLinks"/>, for prediction: the same sums in the same order, and so the same bits.</summary>
/// <remarks>
/// One sample: lanes are rows, so that weights are loaded four at a time; what the links read is put together by single loads, which took less
/// than gather instructions (0.75 against 1.2 cycles a link on Zen 5; link after link, row after row, it was 1.3). More samples: lanes are samples.
/// </remarks>
internal static class SlicedMM
{
    /// <summary>Computes y = bias + W x.</summary>
    /// <param name="links">Where the links are.</param>
    /// <param name="values">The weights, in the order of the entries.</param>
    /// <param name="bias">One a row.</param>
    /// <param name="x">[inputs, width].</param>
    /// <param name="y">[rows, width].</param>
    /// <param name="add">Whether the sums go on from what is in <paramref name="y"/>, instead of the bias.</param>
    /// <param name="width">Samples.</param>
    public static void Multiply(
        in SlicedLinks links, ReadOnlySpan<float> values, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, bool add, int width)
    {
        Debug.Assert(y.Length == links.Rows.Length * width && bias.Length == links.Rows.Length, "rows must fit");
        if (links.Columns.IsNarrow)
        {
            new Kernel<ushort>(links, links.Columns.Narrow, values, bias, x, y, add, width).Run();
        }
        else
        {
            new Kernel<int>(links, links.Columns.Wide, values, bias, x, y, add, width).Run();
        }
    }

    private readonly ref struct Kernel<TIndex>(
        in SlicedLinks links,
        ReadOnlySpan<TIndex> columns,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        bool add,
        int width) : IStripKernel
        where TIndex : unmanaged
    {
        private readonly ReadOnlySpan<int> _rows = links.Rows;
        private readonly ReadOnlySpan<int> _commonStarts = links.CommonStarts;
        private readonly ReadOnlySpan<int> _tailStarts = links.TailStarts;
        private readonly ReadOnlySpan<int> _tailEnds = links.TailEnds;
        private readonly ref TIndex _columns = ref MemoryMarshal.GetReference(columns);
        private readonly ref float _values = ref MemoryMarshal.GetReference(values);
        private readonly ref float _bias = ref MemoryMarshal.GetReference(bias);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);
        private readonly bool _add = add;
        private readonly nint _width = width;

        public void Run()
        {
            if (_width == 1)
            {
                RunOne();
            }
            else
            {
                Kernel<TIndex> kernel = this;
                Strips.Run(ref kernel, (int)_width);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int offset)
            where T : struct, ILane<T>
        {
            ref TIndex columns = ref _columns;
            ref float values = ref _values;
            ref float x = ref Unsafe.Add(ref _x, offset);
            ref float y = ref Unsafe.Add(ref _y, offset);
            nint width = _width;
            nint tail = 0;
            for (int position = 0; position < _rows.Length;)
            {
                int slice = position / SlicedLinks.Height;
                nint start = _commonStarts[slice] + position % SlicedLinks.Height;
                nint end = _tailStarts[slice];
                tail = position % SlicedLinks.Height == 0 ? end : tail;
                if (T.Count <= 2 * Strips.VectorCount && start < end)
                {
                    // Slices with a part side by side are whole: four positions are in the same one.
                    nint row0 = _rows[position], row1 = _rows[position + 1], row2 = _rows[position + 2], row3 = _rows[position + 3];
                    T sum0 = First<T>(row0, ref y);
                    T sum1 = First<T>(row1, ref y);
                    T sum2 = First<T>(row2, ref y);
                    T sum3 = First<T>(row3, ref y);
                    for (nint entry = start; entry < end; entry += SlicedLinks.Height)
                    {
                        sum0 = LinkProduct.Add(ref columns, ref values, ref x, width, entry, sum0);
                        sum1 = LinkProduct.Add(ref columns, ref values, ref x, width, entry + 1, sum1);
                        sum2 = LinkProduct.Add(ref columns, ref values, ref x, width, entry + 2, sum2);
                        sum3 = LinkProduct.Add(ref columns, ref values, ref x, width, entry + 3, sum3);
                    }

                    Tail(ref columns, ref values, ref x, width, ref tail, _tailEnds[position], sum0).Store(ref Unsafe.Add(ref y, row0 * width));
                    Tail(ref columns, ref values, ref x, width, ref tail, _tailEnds[position + 1], sum1).Store(ref Unsafe.Add(ref y, row1 * width));
                    Tail(ref columns, ref values, ref x, width, ref tail, _tailEnds[position + 2], sum2).Store(ref Unsafe.Add(ref y, row2 * width));
                    Tail(ref columns, ref values, ref x, width, ref tail, _tailEnds[position + 3], sum3).Store(ref Unsafe.Add(ref y, row3 * width));
                    position += 4;
                }
                else
                {
                    nint row = _rows[position];
                    T sum = First<T>(row, ref y);
                    for (nint entry = start; entry < end; entry += SlicedLinks.Height)
                    {
                        sum = LinkProduct.Add(ref columns, ref values, ref x, width, entry, sum);
                    }

                    Tail(ref columns, ref values, ref x, width, ref tail, _tailEnds[position], sum).Store(ref Unsafe.Add(ref y, row * width));
                    position++;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void RunOne()
        {
            ref TIndex columns = ref _columns;
            ref float values = ref _values;
            ref float x = ref _x;
            Span<float> sums = stackalloc float[SlicedLinks.Height];
            ref float lanes = ref MemoryMarshal.GetReference(sums);
            for (int slice = 0; slice < _tailStarts.Length; slice++)
            {
                ReadOnlySpan<int> rows = _rows[(slice * SlicedLinks.Height)..];
                rows = rows[..Math.Min(SlicedLinks.Height, rows.Length)];
                for (int i = 0; i < rows.Length; i++)
                {
                    sums[i] = Unsafe.Add(ref _add ? ref _y : ref _bias, rows[i]);
                }

                nint entry = _commonStarts[slice];
                nint end = _tailStarts[slice];
                Vector128<float> sum0 = Vector128.LoadUnsafe(ref lanes);
                Vector128<float> sum1 = Vector128.LoadUnsafe(ref lanes, 4);
                Vector128<float> sum2 = Vector128.LoadUnsafe(ref lanes, 8);
                Vector128<float> sum3 = Vector128.LoadUnsafe(ref lanes, 12);
                for (; entry < end; entry += SlicedLinks.Height)
                {
                    sum0 = Four(ref columns, ref values, ref x, entry, sum0);
                    sum1 = Four(ref columns, ref values, ref x, entry + 4, sum1);
                    sum2 = Four(ref columns, ref values, ref x, entry + 8, sum2);
                    sum3 = Four(ref columns, ref values, ref x, entry + 12, sum3);
                }

                sum0.StoreUnsafe(ref lanes);
                sum1.StoreUnsafe(ref lanes, 4);
                sum2.StoreUnsafe(ref lanes, 8);
                sum3.StoreUnsafe(ref lanes, 12);
                ReadOnlySpan<int> tailEnds = _tailEnds.Slice(slice * SlicedLinks.Height, rows.Length);
                for (int i = 0; entry < tailEnds[^1] && i < tailEnds.Length; i++)
                {
                    float sum = sums[i];
                    for (nint tailEnd = tailEnds[i]; entry < tailEnd; entry++)
                    {
                        sum = MathF.FusedMultiplyAdd(
                            Unsafe.Add(ref values, entry), Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref columns, entry))), sum);
                    }

                    sums[i] = sum;
                }

                for (int i = 0; i < rows.Length; i++)
                {
                    Unsafe.Add(ref _y, rows[i]) = sums[i];
                }
            }
        }

        /// <summary>One link of each of four rows.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Four(ref TIndex columns, ref float values, ref float x, nint entry, Vector128<float> sum) =>
            Vector128.FusedMultiplyAdd(
                Vector128.LoadUnsafe(ref Unsafe.Add(ref values, entry)),
                Vector128.Create(
                    Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref columns, entry))),
                    Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref columns, entry + 1))),
                    Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref columns, entry + 2))),
                    Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref columns, entry + 3)))),
                sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Tail<T>(ref TIndex columns, ref float values, ref float x, nint width, ref nint entry, nint end, T sum)
            where T : struct, ILane<T>
        {
            for (; entry < end; entry++)
            {
                sum = LinkProduct.Add(ref columns, ref values, ref x, width, entry, sum);
            }

            return sum;
        }

        /// <summary>What the sum of a row begins with.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T First<T>(nint row, ref float y)
            where T : struct, ILane<T> =>
            _add ? T.Load(in Unsafe.Add(ref y, row * _width)) : T.Broadcast(Unsafe.Add(ref _bias, row));
    }
}
