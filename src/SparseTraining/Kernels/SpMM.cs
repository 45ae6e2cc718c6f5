using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>
/// Sparse matrix × feature-major block: y[r] = bias[r] + Σ_k value_k · x[index_k], over the links k of row r.
/// </summary>
/// <remarks>
/// Lanes: samples, which lie next to each other, so that a link is one broadcast and one multiply-add of a contiguous
/// row, with no gather. Order: links of a row one after another, starting from the bias, whatever the width; so every
/// sample's result is the same for every batch size, tile and instruction set. Scalar equivalent:
/// <code>for r: acc = bias[r]; for k in row r: acc = fma(value[k], x[index[k]], acc); y[r] = acc</code>
/// A wide strip has accumulators enough to hide the latency of the multiply-add; narrow strips take four rows at once.
/// Index validity is proven when the mask is built; here only the blocks' lengths are checked.
/// </remarks>
internal static class SpMM
{
    /// <summary>Multiplies rows [firstRow, firstRow + rowCount) into <paramref name="y"/>, which holds just those rows.</summary>
    /// <param name="pointers">Where each row's links start.</param>
    /// <param name="indices">The row of x that each link reads, for the links from number <paramref name="origin"/> on.</param>
    /// <param name="values">The weights of the same links.</param>
    /// <param name="origin">The number of the first link in <paramref name="indices"/> and <paramref name="values"/>.</param>
    /// <param name="bias">One a row of the matrix, or empty for 0.</param>
    /// <param name="x">[inputs, width].</param>
    /// <param name="y">[rowCount, width], overwritten.</param>
    /// <param name="width">Samples.</param>
    /// <param name="firstRow">The first row to compute.</param>
    /// <param name="rowCount">How many rows.</param>
    public static void Multiply(
        ReadOnlySpan<int> pointers,
        IndexSpan indices,
        ReadOnlySpan<float> values,
        int origin,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount) => Multiply(pointers, pointers[1..], indices, values, origin, bias, x, y, add: false, width, firstRow, rowCount);

    /// <summary>The same for a part of each row's links.</summary>
    /// <param name="starts">Where the part of each row starts.</param>
    /// <param name="ends">Where it ends.</param>
    /// <param name="indices">The row of x that each link reads, for the links from number <paramref name="origin"/> on.</param>
    /// <param name="values">The weights of the same links.</param>
    /// <param name="origin">The number of the first link in <paramref name="indices"/> and <paramref name="values"/>.</param>
    /// <param name="bias">One a row of the matrix, or empty for 0.</param>
    /// <param name="x">[inputs, width].</param>
    /// <param name="y">[rowCount, width].</param>
    /// <param name="add">Whether the sums go on from what is in <paramref name="y"/>, instead of the bias.</param>
    /// <param name="width">Samples.</param>
    /// <param name="firstRow">The first row to compute.</param>
    /// <param name="rowCount">How many rows.</param>
    public static void Multiply(
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> ends,
        IndexSpan indices,
        ReadOnlySpan<float> values,
        int origin,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        bool add,
        int width,
        int firstRow,
        int rowCount)
    {
        Debug.Assert(y.Length >= rowCount * width, "rows must fit");
        Debug.Assert(bias.IsEmpty || bias.Length >= firstRow + rowCount, "every row needs its bias");
        Debug.Assert(rowCount == 0 || ends[firstRow + rowCount - 1] - origin <= values.Length, "links must fit");
        starts = starts.Slice(firstRow, rowCount);
        ends = ends.Slice(firstRow, rowCount);
        bias = bias.IsEmpty ? bias : bias.Slice(firstRow, rowCount);
        if (indices.IsNarrow)
        {
            var kernel = new Kernel<ushort>(starts, ends, indices.Narrow, values, origin, bias, x, y, add, width);
            Strips.Run(ref kernel, width);
        }
        else
        {
            var kernel = new Kernel<int>(starts, ends, indices.Wide, values, origin, bias, x, y, add, width);
            Strips.Run(ref kernel, width);
        }
    }

    private readonly ref struct Kernel<TIndex>(
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> ends,
        ReadOnlySpan<TIndex> indices,
        ReadOnlySpan<float> values,
        int origin,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        bool add,
        int width) : IStripKernel
        where TIndex : unmanaged
    {
        private readonly ref int _starts = ref MemoryMarshal.GetReference(starts);
        private readonly ref int _ends = ref MemoryMarshal.GetReference(ends);
        private readonly int _rowCount = starts.Length;
        private readonly ref TIndex _indices = ref MemoryMarshal.GetReference(indices);
        private readonly ref float _values = ref MemoryMarshal.GetReference(values);
        private readonly ref float _bias = ref MemoryMarshal.GetReference(bias);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);
        private readonly bool _hasBias = !bias.IsEmpty;
        private readonly bool _add = add;
        private readonly nint _width = width;
        private readonly nint _origin = origin;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int offset)
            where T : struct, ILane<T>
        {
            ref TIndex indices = ref _indices;
            ref float values = ref _values;
            ref float x = ref Unsafe.Add(ref _x, offset);
            ref float y = ref Unsafe.Add(ref _y, offset);
            nint width = _width;
            nint row = 0;
            nint rowCount = _rowCount;
            if (T.Count <= 2 * Strips.VectorCount)
            {
                for (; row + 4 <= rowCount; row += 4)
                {
                    T sum0 = First<T>(row, ref y);
                    T sum1 = First<T>(row + 1, ref y);
                    T sum2 = First<T>(row + 2, ref y);
                    T sum3 = First<T>(row + 3, ref y);
                    nint entry = Start(row), entry1 = Start(row + 1), entry2 = Start(row + 2), entry3 = Start(row + 3);
                    nint end0 = End(row), end1 = End(row + 1), end2 = End(row + 2), end3 = End(row + 3);
                    nint common = nint.Min(nint.Min(end0 - entry, end1 - entry1), nint.Min(end2 - entry2, end3 - entry3));
                    for (nint end = entry + common; entry < end; entry++, entry1++, entry2++, entry3++)
                    {
                        sum0 = LinkProduct.Add(ref indices, ref values, ref x, width, entry, sum0);
                        sum1 = LinkProduct.Add(ref indices, ref values, ref x, width, entry1, sum1);
                        sum2 = LinkProduct.Add(ref indices, ref values, ref x, width, entry2, sum2);
                        sum3 = LinkProduct.Add(ref indices, ref values, ref x, width, entry3, sum3);
                    }

                    for (; entry < end0; entry++)
                    {
                        sum0 = LinkProduct.Add(ref indices, ref values, ref x, width, entry, sum0);
                    }

                    for (; entry1 < end1; entry1++)
                    {
                        sum1 = LinkProduct.Add(ref indices, ref values, ref x, width, entry1, sum1);
                    }

                    for (; entry2 < end2; entry2++)
                    {
                        sum2 = LinkProduct.Add(ref indices, ref values, ref x, width, entry2, sum2);
                    }

                    for (; entry3 < end3; entry3++)
                    {
                        sum3 = LinkProduct.Add(ref indices, ref values, ref x, width, entry3, sum3);
                    }

                    sum0.Store(ref Unsafe.Add(ref y, row * width));
                    sum1.Store(ref Unsafe.Add(ref y, (row + 1) * width));
                    sum2.Store(ref Unsafe.Add(ref y, (row + 2) * width));
                    sum3.Store(ref Unsafe.Add(ref y, (row + 3) * width));
                }
            }

            for (; row < rowCount; row++)
            {
                T sum = First<T>(row, ref y);
                nint end = End(row);
                nint entry = Start(row);
                if (typeof(TIndex) == typeof(ushort) && BitConverter.IsLittleEndian)
                {
                    for (; entry + 4 <= end; entry += 4)
                    {
                        sum = LinkProduct.AddFour(ref Unsafe.As<TIndex, ushort>(ref indices), ref values, ref x, width, entry, sum);
                    }
                }

                for (; entry < end; entry++)
                {
                    sum = LinkProduct.Add(ref indices, ref values, ref x, width, entry, sum);
                }

                sum.Store(ref Unsafe.Add(ref y, row * width));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private nint Start(nint row) => Unsafe.Add(ref _starts, row) - _origin;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private nint End(nint row) => Unsafe.Add(ref _ends, row) - _origin;

        /// <summary>What the sum of a row begins with.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private T First<T>(nint row, ref float y)
            where T : struct, ILane<T> =>
            _add ? T.Load(in Unsafe.Add(ref y, row * _width)) : T.Broadcast(_hasBias ? Unsafe.Add(ref _bias, row) : 0f);
    }
}
