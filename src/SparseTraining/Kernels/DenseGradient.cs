using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Dense weight gradient of one tile: g[r, c] = Σ_s dz[r, s] · x[c, s], for some rows and columns.</summary>
/// <remarks>
/// Lanes: samples. The order of each sum is that of <see cref="BackwardWalk"/>, so that a full sparse layer gives the same
/// bits. Four rows by four columns are computed at once where their sums fit the registers (sixteen accumulators for eight
/// loads), else one row by four.
/// </remarks>
internal static class DenseGradient
{
    /// <summary>Computes one tile's products.</summary>
    /// <param name="x">[columns, width]: the inputs that the columns belong to.</param>
    /// <param name="dz">[rows, width].</param>
    /// <param name="width">Samples of the tile: 1, 4 or a multiple of 16.</param>
    /// <param name="gradient">[rows, columns], of which rows begin <paramref name="stride"/> apart.</param>
    /// <param name="stride">From one row of the gradient to the next.</param>
    /// <param name="add">Whether the products are added to what is there, as for all tiles but the first.</param>
    public static void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> dz, int width, Span<float> gradient, int stride, bool add)
    {
        Debug.Assert(gradient.Length >= (dz.Length / width - 1) * stride + x.Length / width, "blocks must fit");
        Groups.Run(new Kernel(x, dz, width, gradient, stride, add), width);
    }

    private readonly ref struct Kernel(ReadOnlySpan<float> x, ReadOnlySpan<float> dz, int width, Span<float> gradient, nint stride, bool add) : IGroupKernel
    {
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _dz = ref MemoryMarshal.GetReference(dz);
        private readonly ref float _gradient = ref MemoryMarshal.GetReference(gradient);
        private readonly int _columns = x.Length / width;
        private readonly int _rows = dz.Length / width;
        private readonly int _width = width;
        private readonly nint _stride = stride;
        private readonly bool _add = add;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>()
            where T : struct, ILane<T>
        {
            ref float xStart = ref _x;
            ref float d = ref _dz;
            ref float g = ref _gradient;
            int columns = _columns;
            int rows = _rows;
            int width = _width;
            nint stride = _stride;
            bool add = _add;
            int row = 0;
            if (T.Count < Lane512.Count || Vector512.IsHardwareAccelerated)
            {
                for (; row + 4 <= rows; row += 4)
                {
                    for (int column = 0; column + 4 <= columns; column += 4)
                    {
                        FourByFour<T>(
                            ref Unsafe.Add(ref xStart, (nint)column * width), ref Unsafe.Add(ref d, (nint)row * width), width, ref Unsafe.Add(ref g, row * stride + column), stride, add);
                    }
                }
            }

            for (int i = 0; i < rows; i++)
            {
                // What the blocks of four by four left over: the last columns of their rows, and the last rows.
                int column = i < row ? columns & ~3 : 0;
                ref float target = ref Unsafe.Add(ref g, i * stride);
                ref float dRow = ref Unsafe.Add(ref d, (nint)i * width);
                for (; column + 4 <= columns; column += 4)
                {
                    HorizontalSum.Put(ref Unsafe.Add(ref target, column), OneByFour<T>(ref Unsafe.Add(ref xStart, (nint)column * width), ref dRow, width, width), add);
                }

                for (; column < columns; column++)
                {
                    float sum = OneByFour<T>(ref Unsafe.Add(ref xStart, (nint)column * width), ref dRow, width, 0).ToScalar();
                    HorizontalSum.Put(ref Unsafe.Add(ref target, column), sum, add);
                }
            }
        }
    }

    /// <summary>The sums of four columns, which lie <paramref name="stride"/> apart, with one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OneByFour<T>(ref float x, ref float d, nint width, nint stride)
        where T : struct, ILane<T>
    {
        T s0 = T.Broadcast(0f), s1 = s0, s2 = s0, s3 = s0;
        for (nint s = 0; s < width; s += T.Count)
        {
            T group = T.Load(in Unsafe.Add(ref d, s));
            s0 = T.MultiplyAdd(group, in Unsafe.Add(ref x, s), s0);
            s1 = T.MultiplyAdd(group, in Unsafe.Add(ref x, stride + s), s1);
            s2 = T.MultiplyAdd(group, in Unsafe.Add(ref x, 2 * stride + s), s2);
            s3 = T.MultiplyAdd(group, in Unsafe.Add(ref x, 3 * stride + s), s3);
        }

        return HorizontalSum.OfFour(s0, s1, s2, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour<T>(ref float x, ref float d, nint width, ref float gradient, nint stride, bool add)
        where T : struct, ILane<T>
    {
        T s00 = T.Broadcast(0f), s01 = s00, s02 = s00, s03 = s00;
        T s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        T s20 = s00, s21 = s00, s22 = s00, s23 = s00;
        T s30 = s00, s31 = s00, s32 = s00, s33 = s00;
        for (nint s = 0; s < width; s += T.Count)
        {
            T x0 = T.Load(in Unsafe.Add(ref x, s));
            T x1 = T.Load(in Unsafe.Add(ref x, width + s));
            T x2 = T.Load(in Unsafe.Add(ref x, 2 * width + s));
            T x3 = T.Load(in Unsafe.Add(ref x, 3 * width + s));
            T group = T.Load(in Unsafe.Add(ref d, s));
            s00 = T.MultiplyAdd(group, x0, s00);
            s01 = T.MultiplyAdd(group, x1, s01);
            s02 = T.MultiplyAdd(group, x2, s02);
            s03 = T.MultiplyAdd(group, x3, s03);
            group = T.Load(in Unsafe.Add(ref d, width + s));
            s10 = T.MultiplyAdd(group, x0, s10);
            s11 = T.MultiplyAdd(group, x1, s11);
            s12 = T.MultiplyAdd(group, x2, s12);
            s13 = T.MultiplyAdd(group, x3, s13);
            group = T.Load(in Unsafe.Add(ref d, 2 * width + s));
            s20 = T.MultiplyAdd(group, x0, s20);
            s21 = T.MultiplyAdd(group, x1, s21);
            s22 = T.MultiplyAdd(group, x2, s22);
            s23 = T.MultiplyAdd(group, x3, s23);
            group = T.Load(in Unsafe.Add(ref d, 3 * width + s));
            s30 = T.MultiplyAdd(group, x0, s30);
            s31 = T.MultiplyAdd(group, x1, s31);
            s32 = T.MultiplyAdd(group, x2, s32);
            s33 = T.MultiplyAdd(group, x3, s33);
        }

        if (typeof(T) == typeof(Lane512))
        {
            // Quarters are rows.
            Vector512<float> sums = HorizontalSum.OfQuarters(
                OfFour(s00, s01, s02, s03), OfFour(s10, s11, s12, s13), OfFour(s20, s21, s22, s23), OfFour(s30, s31, s32, s33));
            HorizontalSum.Put(ref gradient, sums.GetLower().GetLower(), add);
            HorizontalSum.Put(ref Unsafe.Add(ref gradient, stride), sums.GetLower().GetUpper(), add);
            HorizontalSum.Put(ref Unsafe.Add(ref gradient, 2 * stride), sums.GetUpper().GetLower(), add);
            HorizontalSum.Put(ref Unsafe.Add(ref gradient, 3 * stride), sums.GetUpper().GetUpper(), add);
            return;
        }

        HorizontalSum.Put(ref gradient, HorizontalSum.OfFour(s00, s01, s02, s03), add);
        HorizontalSum.Put(ref Unsafe.Add(ref gradient, stride), HorizontalSum.OfFour(s10, s11, s12, s13), add);
        HorizontalSum.Put(ref Unsafe.Add(ref gradient, 2 * stride), HorizontalSum.OfFour(s20, s21, s22, s23), add);
        HorizontalSum.Put(ref Unsafe.Add(ref gradient, 3 * stride), HorizontalSum.OfFour(s30, s31, s32, s33), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> OfFour<T>(T a, T b, T c, T d)
        where T : struct, ILane<T> => HorizontalSum.OfFour(
            Unsafe.BitCast<T, Vector512<float>>(a), Unsafe.BitCast<T, Vector512<float>>(b), Unsafe.BitCast<T, Vector512<float>>(c), Unsafe.BitCast<T, Vector512<float>>(d));
}
