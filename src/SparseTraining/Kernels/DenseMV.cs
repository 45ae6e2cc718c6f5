using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Kernels;

/// <summary><see cref="DenseMM"/> for one sample: y[r] = bias[r] + Σ_k w[r, k] · x[k], the same sums in the same order.</summary>
/// <remarks>
/// Lanes: rows, since one sample fills none. Sixteen rows at once hide the latency of the multiply-add; the four weights that four rows have
/// next to each other are loaded as vectors and transposed in registers.
/// </remarks>
internal static class DenseMV
{
    /// <summary>Rows that take no more time than fewer do.</summary>
    public const int RowsAtOnce = 16;

    /// <summary>Multiplies rows [firstRow, firstRow + y.Length).</summary>
    /// <param name="weights">[rows, x.Length].</param>
    /// <param name="bias">One a row.</param>
    /// <param name="x">One sample's inputs.</param>
    /// <param name="y">Receives one sum a row.</param>
    /// <param name="firstRow">The first row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, int firstRow)
    {
        Debug.Assert(bias.Length >= firstRow + y.Length && weights.Length >= (firstRow + y.Length) * x.Length, "rows must fit");
        nint inputs = x.Length;
        ref float w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), firstRow * inputs);
        ref float b = ref Unsafe.Add(ref MemoryMarshal.GetReference(bias), firstRow);
        ref float input = ref MemoryMarshal.GetReference(x);
        Span<float> sums = stackalloc float[RowsAtOnce];
        ref float lanes = ref MemoryMarshal.GetReference(sums);
        for (int row = 0; row < y.Length; row += RowsAtOnce)
        {
            // The last rows are computed several times where there are fewer than sixteen.
            int last = y.Length - 1 - row;
            for (int i = 0; i < RowsAtOnce; i++)
            {
                sums[i] = Unsafe.Add(ref b, row + Math.Min(i, last));
            }

            var group0 = new FourRows(row, last, 0, inputs);
            var group1 = new FourRows(row, last, 4, inputs);
            var group2 = new FourRows(row, last, 8, inputs);
            var group3 = new FourRows(row, last, 12, inputs);
            Vector128<float> sum0 = Vector128.LoadUnsafe(ref lanes);
            Vector128<float> sum1 = Vector128.LoadUnsafe(ref lanes, 4);
            Vector128<float> sum2 = Vector128.LoadUnsafe(ref lanes, 8);
            Vector128<float> sum3 = Vector128.LoadUnsafe(ref lanes, 12);
            nint k = 0;
            for (; k + 4 <= inputs; k += 4)
            {
                ref float x4 = ref Unsafe.Add(ref input, k);
                sum0 = group0.AddFour(ref w, k, ref x4, sum0);
                sum1 = group1.AddFour(ref w, k, ref x4, sum1);
                sum2 = group2.AddFour(ref w, k, ref x4, sum2);
                sum3 = group3.AddFour(ref w, k, ref x4, sum3);
            }

            for (; k < inputs; k++)
            {
                ref float x1 = ref Unsafe.Add(ref input, k);
                sum0 = group0.AddOne(ref w, k, ref x1, sum0);
                sum1 = group1.AddOne(ref w, k, ref x1, sum1);
                sum2 = group2.AddOne(ref w, k, ref x1, sum2);
                sum3 = group3.AddOne(ref w, k, ref x1, sum3);
            }

            sum0.StoreUnsafe(ref lanes);
            sum1.StoreUnsafe(ref lanes, 4);
            sum2.StoreUnsafe(ref lanes, 8);
            sum3.StoreUnsafe(ref lanes, 12);
            sums[..Math.Min(RowsAtOnce, last + 1)].CopyTo(y[row..]);
        }
    }

    /// <summary>Where four rows of weights begin.</summary>
    private readonly struct FourRows(int row, int last, int first, nint inputs)
    {
        private readonly nint _row0 = (row + Math.Min(first, last)) * inputs;
        private readonly nint _row1 = (row + Math.Min(first + 1, last)) * inputs;
        private readonly nint _row2 = (row + Math.Min(first + 2, last)) * inputs;
        private readonly nint _row3 = (row + Math.Min(first + 3, last)) * inputs;

        /// <summary>Adds the products with one input.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> AddOne(ref float weights, nint k, ref float x, Vector128<float> sum) =>
            Vector128.FusedMultiplyAdd(
                Vector128.Create(
                    Unsafe.Add(ref weights, _row0 + k),
                    Unsafe.Add(ref weights, _row1 + k),
                    Unsafe.Add(ref weights, _row2 + k),
                    Unsafe.Add(ref weights, _row3 + k)),
                Vector128.Create(x),
                sum);

        /// <summary>Adds the products with four inputs, one after another.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> AddFour(ref float weights, nint k, ref float x, Vector128<float> sum)
        {
            if (!Sse.IsSupported)
            {
                for (nint i = 0; i < 4; i++)
                {
                    sum = AddOne(ref weights, k + i, ref Unsafe.Add(ref x, i), sum);
                }

                return sum;
            }

            Vector128<float> a = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, _row0 + k));
            Vector128<float> b = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, _row1 + k));
            Vector128<float> c = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, _row2 + k));
            Vector128<float> d = Vector128.LoadUnsafe(ref Unsafe.Add(ref weights, _row3 + k));
            Vector128<float> abLow = Sse.UnpackLow(a, b);
            Vector128<float> abHigh = Sse.UnpackHigh(a, b);
            Vector128<float> cdLow = Sse.UnpackLow(c, d);
            Vector128<float> cdHigh = Sse.UnpackHigh(c, d);
            sum = Vector128.FusedMultiplyAdd(Sse.MoveLowToHigh(abLow, cdLow), Vector128.Create(x), sum);
            sum = Vector128.FusedMultiplyAdd(Sse.MoveHighToLow(cdLow, abLow), Vector128.Create(Unsafe.Add(ref x, 1)), sum);
            sum = Vector128.FusedMultiplyAdd(Sse.MoveLowToHigh(abHigh, cdHigh), Vector128.Create(Unsafe.Add(ref x, 2)), sum);
            return Vector128.FusedMultiplyAdd(Sse.MoveHighToLow(cdHigh, abHigh), Vector128.Create(Unsafe.Add(ref x, 3)), sum);
        }
    }
}
