using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Kernels;

/// <summary>Adds up the lanes of groups in one fixed tree, the same on every instruction set.</summary>
/// <remarks>
/// Sixteen lanes: a[i] + a[i + 8], then + 4, then + 2, then + 1 apart. Four groups are summed at once by transposing,
/// which costs a third of four separate sums.
/// </remarks>
internal static class HorizontalSum
{
    /// <summary>Folds sixteen lanes to four: the first two levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FoldToFour<T>(T lanes)
        where T : struct, ILane<T>
    {
        if (typeof(T) == typeof(Lane512))
        {
            Vector512<float> v = Unsafe.BitCast<T, Vector512<float>>(lanes);
            return Fold(v.GetLower() + v.GetUpper());
        }

        if (typeof(T) == typeof(Join<Lane256, Lane256>))
        {
            Pair256 v = Unsafe.BitCast<T, Pair256>(lanes);
            return Fold(v.First + v.Second);
        }

        Quad128 q = Unsafe.BitCast<T, Quad128>(lanes);
        return (q.First + q.Third) + (q.Second + q.Fourth);

        static Vector128<float> Fold(Vector256<float> eight) => eight.GetLower() + eight.GetUpper();
    }

    /// <summary>[Σa, Σb, Σc, Σd] of groups of sixteen, four or one, each in the fixed tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OfFour<T>(T a, T b, T c, T d)
        where T : struct, ILane<T>
    {
        if (typeof(T) == typeof(Lane1))
        {
            return Vector128.Create(
                Unsafe.BitCast<T, float>(a), Unsafe.BitCast<T, float>(b), Unsafe.BitCast<T, float>(c), Unsafe.BitCast<T, float>(d));
        }

        if (typeof(T) == typeof(Lane128))
        {
            return OfFour(
                Unsafe.BitCast<T, Vector128<float>>(a),
                Unsafe.BitCast<T, Vector128<float>>(b),
                Unsafe.BitCast<T, Vector128<float>>(c),
                Unsafe.BitCast<T, Vector128<float>>(d));
        }

        if (typeof(T) == typeof(Lane512) && Avx512F.IsSupported)
        {
            return OfFourSixteens(
                Unsafe.BitCast<T, Vector512<float>>(a),
                Unsafe.BitCast<T, Vector512<float>>(b),
                Unsafe.BitCast<T, Vector512<float>>(c),
                Unsafe.BitCast<T, Vector512<float>>(d));
        }

        return OfFour(FoldToFour(a), FoldToFour(b), FoldToFour(c), FoldToFour(d));
    }

    /// <summary>[Σa, Σb, Σc, Σd] of four groups of sixteen, without taking them apart until the end: half the instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OfFourSixteens(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> four = FoldFour(a, b, c, d);
        Vector512<float> two = four + Avx512F.Permute4x32(four, 0b01_00_11_10);
        Vector512<float> one = two + Avx512F.Permute4x32(two, 0b10_11_00_01);
        return Avx512F.PermuteVar16x32(one, Vector512.Create(0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12)).GetLower().GetLower();
    }

    /// <summary>Folds four groups of sixteen lanes to four lanes each, side by side: the first two levels of the tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FoldFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = FoldHalves(a, b);
        Vector512<float> cd = FoldHalves(c, d);
        return Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);

        static Vector512<float> FoldHalves(Vector512<float> first, Vector512<float> second) =>
            Avx512F.Shuffle4x128(first, second, 0b01_00_01_00) + Avx512F.Shuffle4x128(first, second, 0b11_10_11_10);
    }

    /// <summary><see cref="OfFour(Vector128{float}, Vector128{float}, Vector128{float}, Vector128{float})"/> in each quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = FoldPairs(a, b);
        Vector512<float> cd = FoldPairs(c, d);
        return Avx512F.Shuffle(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle(ab, cd, 0b11_01_11_01);

        static Vector512<float> FoldPairs(Vector512<float> first, Vector512<float> second) =>
            Avx512F.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx512F.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();
    }

    /// <summary>[Σa, Σb, Σc, Σd], each as (v0 + v2) + (v1 + v3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OfFour(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> ab = Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a); // a0+a2 a1+a3 b0+b2 b1+b3
            Vector128<float> cd = Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c);
            return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
        }

        return Vector128.Create(One(a), One(b), One(c), One(d));
    }

    /// <summary>(v0 + v2) + (v1 + v3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float One(Vector128<float> v)
    {
        Vector64<float> pair = v.GetLower() + v.GetUpper();
        return pair.GetElement(0) + pair.GetElement(1);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Pair256
    {
        public readonly Vector256<float> First;
        public readonly Vector256<float> Second;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Quad128
    {
        public readonly Vector128<float> First;
        public readonly Vector128<float> Second;
        public readonly Vector128<float> Third;
        public readonly Vector128<float> Fourth;
    }
}
