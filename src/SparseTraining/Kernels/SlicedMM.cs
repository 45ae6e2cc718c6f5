using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary><see cref="SpMM"/> over <see cref="SlicedLinks"/>, for prediction: the same sums in the same order, and so the same bits.</summary>
/// <remarks>
/// One sample: lanes are rows, so that sixteen weights are loaded at a time; what the links read is put together by single loads, which take less
/// than gather instructions (0.6 against 1.2 cycles a link on Zen 5; link after link, row after row, it was 1.3). More samples: lanes are samples.
/// </remarks>
internal static class SlicedMM
{
    /// <summary>Computes y = bias + W x.</summary>
    /// <param name="links">Where the links are.</param>
    /// <param name="values">The weights, in the order of the entries.</param>
    /// <param name="bias">One for each row of the layer.</param>
    /// <param name="x">[inputs, width].</param>
    /// <param name="y">[rows, width], from the first row of the links on.</param>
    /// <param name="add">Whether the sums go on from what is in <paramref name="y"/>, instead of the bias.</param>
    /// <param name="width">Samples.</param>
    public static void Multiply(
        in SlicedLinks links, ReadOnlySpan<float> values, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, bool add, int width)
    {
        Debug.Assert(y.Length == links.Rows.Length * width && bias.Length >= links.FirstRow + links.Rows.Length, "rows must fit");
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
        int width) : IStripKernel, IGroupKernel
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
        private readonly int _firstRow = links.FirstRow;
        private readonly bool _add = add;
        private readonly nint _width = width;

        public void Run()
        {
            if (_width == 1)
            {
                Groups.RunSixteen(this);
            }
            else
            {
                Kernel<TIndex> kernel = this;
                Strips.Run(ref kernel, (int)_width);
            }
        }

        /// <summary>A strip of several samples.</summary>
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
                    nint row0 = Row(position), row1 = Row(position + 1), row2 = Row(position + 2), row3 = Row(position + 3);
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
                    nint row = Row(position);
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

        /// <summary>One sample.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>()
            where T : struct, ILane<T>
        {
            Debug.Assert(T.Count == SlicedLinks.Height, "lanes are rows");
            ref TIndex columns = ref _columns;
            ref float values = ref _values;
            ref float x = ref _x;
            Span<float> sums = stackalloc float[SlicedLinks.Height];
            ref float lanes = ref MemoryMarshal.GetReference(sums);
            for (int slice = 0; slice < _tailStarts.Length; slice++)
            {
                int first = slice * SlicedLinks.Height;
                ReadOnlySpan<int> rows = _rows.Slice(first, Math.Min(SlicedLinks.Height, _rows.Length - first));
                T sum = _add || rows.Length < T.Count ? FirstOfEach<T>(rows, ref lanes) : T.Gather(in _bias, in MemoryMarshal.GetReference(rows));
                nint entry = _commonStarts[slice];
                nint end = _tailStarts[slice];
                for (; entry < end; entry += SlicedLinks.Height)
                {
                    sum = T.MultiplyAdd(T.Load(in Unsafe.Add(ref values, entry)), T.Gather(in x, in Unsafe.Add(ref columns, entry)), sum);
                }

                sum.Store(ref lanes);
                ReadOnlySpan<int> tailEnds = _tailEnds.Slice(first, rows.Length);
                for (int i = 0; entry < tailEnds[^1]; i++)
                {
                    var tail = Lane1.Load(in Unsafe.Add(ref lanes, i));
                    Tail(ref columns, ref values, ref x, 1, ref entry, tailEnds[i], tail).Store(ref Unsafe.Add(ref lanes, i));
                }

                for (int i = 0; i < rows.Length; i++)
                {
                    Unsafe.Add(ref _y, rows[i] - _firstRow) = Unsafe.Add(ref lanes, i);
                }
            }
        }

        private T FirstOfEach<T>(ReadOnlySpan<int> rows, ref float lanes)
            where T : struct, ILane<T>
        {
            for (int i = 0; i < rows.Length; i++)
            {
                First<Lane1>(rows[i] - _firstRow, ref _y).Store(ref Unsafe.Add(ref lanes, i));
            }

            return T.Load(in lanes);
        }

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

        /// <summary>Where the output of a position lies in y.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private nint Row(int position) => _rows[position] - _firstRow;

        /// <summary>What the sum of a row begins with.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T First<T>(nint row, ref float y)
            where T : struct, ILane<T> =>
            _add ? T.Load(in Unsafe.Add(ref y, row * _width)) : T.Broadcast(Unsafe.Add(ref _bias, row + _firstRow));
    }
}
