using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>
/// Sparse matrix × feature-major block: y[r] = bias[r] + Σ_k value_k · x[column_k], over the links k of row r.
/// </summary>
/// <remarks>
/// Lanes: samples, which lie next to each other, so that a link is one broadcast and one multiply-add of a contiguous
/// row, with no gather. Order: links of a row one after another, starting from the bias, whatever the width; so every
/// sample's result is the same for every batch size, tile and instruction set. Scalar equivalent:
/// <code>for r: acc = bias[r]; for k in row r: acc = fma(value[k], x[column[k]], acc); y[r] = acc</code>
/// Index validity is proven when the mask is built; here only the blocks' lengths are checked.
/// </remarks>
internal static class SpMM
{
    /// <summary>Multiplies rows [firstRow, firstRow + rowCount) into <paramref name="y"/>, which holds just those rows.</summary>
    public static void Multiply(
        ReadOnlySpan<int> rowPointers,
        IndexSpan columns,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount)
    {
        Debug.Assert(y.Length >= rowCount * width && bias.Length >= firstRow + rowCount, "rows must fit");
        if (columns.IsNarrow)
        {
            var kernel = new Kernel<ushort, Direct>(rowPointers, columns.Narrow, default, values, bias, x, y, width, firstRow, rowCount);
            Strips.Run(ref kernel, width);
        }
        else
        {
            var kernel = new Kernel<int, Direct>(rowPointers, columns.Wide, default, values, bias, x, y, width, firstRow, rowCount);
            Strips.Run(ref kernel, width);
        }
    }

    /// <summary>
    /// Multiplies by the transposed matrix: the pointers and indices are those of the transposed index, and
    /// <paramref name="linkIndices"/> says where in <paramref name="values"/> each entry's value lies. There is no bias.
    /// </summary>
    public static void MultiplyTransposed(
        ReadOnlySpan<int> columnPointers,
        IndexSpan rows,
        ReadOnlySpan<int> linkIndices,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstColumn,
        int columnCount)
    {
        Debug.Assert(y.Length >= columnCount * width, "columns must fit");
        if (rows.IsNarrow)
        {
            var kernel = new Kernel<ushort, Indirect>(columnPointers, rows.Narrow, linkIndices, values, [], x, y, width, firstColumn, columnCount);
            Strips.Run(ref kernel, width);
        }
        else
        {
            var kernel = new Kernel<int, Indirect>(columnPointers, rows.Wide, linkIndices, values, [], x, y, width, firstColumn, columnCount);
            Strips.Run(ref kernel, width);
        }
    }

    private interface IValueOrder
    {
        static abstract float Value(ref float values, ref int linkIndices, nint entry);
    }

    private readonly struct Direct : IValueOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Value(ref float values, ref int linkIndices, nint entry) => Unsafe.Add(ref values, entry);
    }

    private readonly struct Indirect : IValueOrder
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Value(ref float values, ref int linkIndices, nint entry) =>
            Unsafe.Add(ref values, Unsafe.Add(ref linkIndices, entry));
    }

    private readonly ref struct Kernel<TIndex, TOrder>(
        ReadOnlySpan<int> pointers,
        ReadOnlySpan<TIndex> indices,
        ReadOnlySpan<int> linkIndices,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount) : IStripKernel
        where TIndex : unmanaged
        where TOrder : struct, IValueOrder
    {
        private readonly ref int _pointers = ref MemoryMarshal.GetReference(pointers);
        private readonly ref TIndex _indices = ref MemoryMarshal.GetReference(indices);
        private readonly ref int _linkIndices = ref MemoryMarshal.GetReference(linkIndices);
        private readonly ref float _values = ref MemoryMarshal.GetReference(values);
        private readonly ref float _bias = ref MemoryMarshal.GetReference(bias);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);
        private readonly bool _hasBias = !bias.IsEmpty;
        private readonly nint _width = width;
        private readonly int _firstRow = firstRow;
        private readonly int _rowCount = rowCount;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int offset)
            where T : struct, ILane<T>
        {
            ref TIndex indices = ref _indices;
            ref int linkIndices = ref _linkIndices;
            ref float values = ref _values;
            ref float x = ref Unsafe.Add(ref _x, offset);
            ref float y = ref Unsafe.Add(ref _y, offset);
            nint width = _width;
            nint entry = Unsafe.Add(ref _pointers, _firstRow);
            for (int row = 0; row < _rowCount; row++)
            {
                T sum = T.Broadcast(_hasBias ? Unsafe.Add(ref _bias, _firstRow + row) : 0f);
                nint end = Unsafe.Add(ref _pointers, _firstRow + row + 1);
                for (; entry < end; entry++)
                {
                    nint source = IndexWidth.ToOffset(Unsafe.Add(ref indices, entry)) * width;
                    sum = T.MultiplyAdd(
                        T.Broadcast(TOrder.Value(ref values, ref linkIndices, entry)),
                        in Unsafe.Add(ref x, source),
                        sum);
                }

                sum.Store(ref Unsafe.Add(ref y, row * width));
            }
        }
    }
}
