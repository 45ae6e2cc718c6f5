using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>
/// Dense matrix × feature-major block: y[r] = bias[r] + Σ_k w[r, k] · x[k], with the matrix read along rows or along
/// columns (the transposed product) by choice of strides.
/// </summary>
/// <remarks>
/// Lanes: samples. Four rows are computed at once, so that a row of x that is loaded serves four multiply-adds. Order:
/// k rising, from the bias, exactly as in <see cref="SpMM"/>; a full sparse layer therefore gives the same bits.
/// </remarks>
internal static class DenseMM
{
    private const int RowsAtOnce = 4;

    /// <summary>Rows of x that all rows of the matrix go through before the next: with 64 samples 32 KiB, which stay in the first-level cache.</summary>
    private const int InnerBlock = 128;

    private static int StripWidth => Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 16 : 8;

    /// <summary>
    /// Multiplies rows [firstRow, firstRow + rowCount), where element (r, k) lies at r · rowStride + k · innerStride.
    /// </summary>
    public static void Multiply(
        ReadOnlySpan<float> weights,
        int rowStride,
        int innerStride,
        int innerCount,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount)
    {
        Debug.Assert(y.Length >= rowCount * width && x.Length >= innerCount * width, "blocks must fit");
        var kernel = new Kernel(weights, rowStride, innerStride, innerCount, bias, x, y, width, firstRow, rowCount);

        // Four rows of this width and one of x fill the registers; wider strips would spill.
        for (int offset = 0; offset < width; offset += StripWidth)
        {
            kernel.Offset = offset;
            Strips.Run(ref kernel, Math.Min(StripWidth, width - offset));
        }
    }

    private ref struct Kernel(
        ReadOnlySpan<float> weights,
        int rowStride,
        int innerStride,
        int innerCount,
        ReadOnlySpan<float> bias,
        ReadOnlySpan<float> x,
        Span<float> y,
        int width,
        int firstRow,
        int rowCount) : IStripKernel
    {
        private readonly ref float _weights = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), (nint)firstRow * rowStride);
        private readonly ref float _bias = ref Unsafe.Add(ref MemoryMarshal.GetReference(bias), firstRow);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);
        private readonly bool _hasBias = !bias.IsEmpty;
        private readonly nint _rowStride = rowStride;
        private readonly nint _innerStride = innerStride;
        private readonly nint _width = width;

        public int Offset;

        public readonly void Run<T>(int offset)
            where T : struct, ILane<T>
        {
            for (int first = 0; first < innerCount; first += InnerBlock)
            {
                Run<T>(offset + Offset, first, Math.Min(InnerBlock, innerCount - first));
            }
        }

        /// <remarks>Never inlined: in a larger method the compiler would run out of its budget and leave the lanes' operations as calls.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Run<T>(int offset, int first, int count)
            where T : struct, ILane<T>
        {
            ref float x = ref Unsafe.Add(ref _x, first * _width + offset);
            ref float y = ref Unsafe.Add(ref _y, offset);
            ref float weights = ref Unsafe.Add(ref _weights, first * _innerStride);
            nint width = _width;
            bool add = first > 0;
            int row = 0;
            for (; row + RowsAtOnce <= rowCount; row += RowsAtOnce)
            {
                T sum0 = Start<T>(row, ref y, add);
                T sum1 = Start<T>(row + 1, ref y, add);
                T sum2 = Start<T>(row + 2, ref y, add);
                T sum3 = Start<T>(row + 3, ref y, add);
                ref float weight = ref Unsafe.Add(ref weights, row * _rowStride);
                ref float source = ref x;
                for (int k = 0; k < count; k++)
                {
                    T input = T.Load(in source);
                    sum0 = T.MultiplyAdd(T.Broadcast(weight), input, sum0);
                    sum1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref weight, _rowStride)), input, sum1);
                    sum2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref weight, 2 * _rowStride)), input, sum2);
                    sum3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref weight, 3 * _rowStride)), input, sum3);
                    weight = ref Unsafe.Add(ref weight, _innerStride);
                    source = ref Unsafe.Add(ref source, width);
                }

                sum0.Store(ref Unsafe.Add(ref y, row * width));
                sum1.Store(ref Unsafe.Add(ref y, (row + 1) * width));
                sum2.Store(ref Unsafe.Add(ref y, (row + 2) * width));
                sum3.Store(ref Unsafe.Add(ref y, (row + 3) * width));
            }

            for (; row < rowCount; row++)
            {
                T sum = Start<T>(row, ref y, add);
                ref float weight = ref Unsafe.Add(ref weights, row * _rowStride);
                for (int k = 0; k < count; k++)
                {
                    sum = T.MultiplyAdd(
                        T.Broadcast(Unsafe.Add(ref weight, k * _innerStride)), in Unsafe.Add(ref x, k * width), sum);
                }

                sum.Store(ref Unsafe.Add(ref y, row * width));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly T Start<T>(int row, ref float y, bool add)
            where T : struct, ILane<T> =>
            add ? T.Load(in Unsafe.Add(ref y, row * _width)) : T.Broadcast(_hasBias ? Unsafe.Add(ref _bias, row) : 0f);
    }
}
