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
        int rowCount)
    {
        Debug.Assert(y.Length >= rowCount * width, "rows must fit");
        Debug.Assert(bias.IsEmpty || bias.Length >= firstRow + rowCount, "every row needs its bias");
        Debug.Assert(pointers[firstRow + rowCount] - origin <= values.Length, "links must fit");
        if (indices.IsNarrow)
        {
            var kernel = new Kernel<ushort>(pointers, indices.Narrow, values, origin, bias, x, y, width, firstRow, rowCount);
            Strips.Run(ref kernel, width);
        }
        else
        {
            var kernel = new Kernel<int>(pointers, indices.Wide, values, origin, bias, x, y, width, firstRow, rowCount);
            Strips.Run(ref kernel, width);
        }
    }

    private readonly ref struct Kernel<TIndex>(
        ReadOnlySpan<int> pointers,
        ReadOnlySpan<TIndex> indices,
        ReadOnlySpan<float> values,
        int origin,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount) : IStripKernel
        where TIndex : unmanaged
    {
        private readonly ref int _pointers = ref Unsafe.Add(ref MemoryMarshal.GetReference(pointers), firstRow);
        private readonly ref TIndex _indices = ref MemoryMarshal.GetReference(indices);
        private readonly ref float _values = ref MemoryMarshal.GetReference(values);
        private readonly ref float _bias = ref Unsafe.Add(ref MemoryMarshal.GetReference(bias), firstRow);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);
        private readonly bool _hasBias = !bias.IsEmpty;
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
            nint entry = Unsafe.Add(ref _pointers, 0) - _origin;
            int row = 0;
            if (T.Count <= 2 * Strips.VectorCount)
            {
                for (; row + 4 <= rowCount; row += 4)
                {
                    T sum0 = T.Broadcast(Bias(row));
                    T sum1 = T.Broadcast(Bias(row + 1));
                    T sum2 = T.Broadcast(Bias(row + 2));
                    T sum3 = T.Broadcast(Bias(row + 3));
                    nint end0 = Unsafe.Add(ref _pointers, row + 1) - _origin;
                    nint end1 = Unsafe.Add(ref _pointers, row + 2) - _origin;
                    nint end2 = Unsafe.Add(ref _pointers, row + 3) - _origin;
                    nint end3 = Unsafe.Add(ref _pointers, row + 4) - _origin;
                    nint entry1 = end0, entry2 = end1, entry3 = end2;
                    nint common = nint.Min(nint.Min(end0 - entry, end1 - end0), nint.Min(end2 - end1, end3 - end2));
                    for (nint end = entry + common; entry < end; entry++, entry1++, entry2++, entry3++)
                    {
                        sum0 = Link(ref indices, ref values, ref x, width, entry, sum0);
                        sum1 = Link(ref indices, ref values, ref x, width, entry1, sum1);
                        sum2 = Link(ref indices, ref values, ref x, width, entry2, sum2);
                        sum3 = Link(ref indices, ref values, ref x, width, entry3, sum3);
                    }

                    for (; entry < end0; entry++)
                    {
                        sum0 = Link(ref indices, ref values, ref x, width, entry, sum0);
                    }

                    for (; entry1 < end1; entry1++)
                    {
                        sum1 = Link(ref indices, ref values, ref x, width, entry1, sum1);
                    }

                    for (; entry2 < end2; entry2++)
                    {
                        sum2 = Link(ref indices, ref values, ref x, width, entry2, sum2);
                    }

                    for (; entry3 < end3; entry3++)
                    {
                        sum3 = Link(ref indices, ref values, ref x, width, entry3, sum3);
                    }

                    sum0.Store(ref Unsafe.Add(ref y, row * width));
                    sum1.Store(ref Unsafe.Add(ref y, (row + 1) * width));
                    sum2.Store(ref Unsafe.Add(ref y, (row + 2) * width));
                    sum3.Store(ref Unsafe.Add(ref y, (row + 3) * width));
                    entry = end3;
                }
            }

            for (; row < rowCount; row++)
            {
                T sum = T.Broadcast(Bias(row));
                nint end = Unsafe.Add(ref _pointers, row + 1) - _origin;
                for (; entry < end; entry++)
                {
                    sum = Link(ref indices, ref values, ref x, width, entry, sum);
                }

                sum.Store(ref Unsafe.Add(ref y, row * width));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Link<T>(ref TIndex indices, ref float values, ref float x, nint width, nint entry, T sum)
            where T : struct, ILane<T> =>
            T.MultiplyAdd(
                T.Broadcast(Unsafe.Add(ref values, entry)),
                in Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref indices, entry)) * width),
                sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private float Bias(int row) => _hasBias ? Unsafe.Add(ref _bias, row) : 0f;
    }
}
