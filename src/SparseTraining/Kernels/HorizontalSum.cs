using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseTraining.Kernels;

/// <summary>Adds up the lanes of groups in one fixed tree, the same on every instruction set.</summary>
/// <remarks>
/// Four lanes: (v0 + v2) + (v1 + v3). Sixteen: each quarter like that, then (q0 + q2) + (q1 + q3). Four groups are summed at
/// once by transposing. Quarters come first because shuffles within 128 bits are what wide vectors do in passing: those across
/// take the units that multiply.
/// </remarks>
internal static class HorizontalSum
{
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
            Vector512<float> quarters = OfFour(
                Unsafe.BitCast<T, Vector512<float>>(a),
                Unsafe.BitCast<T, Vector512<float>>(b),
                Unsafe.BitCast<T, Vector512<float>>(c),
                Unsafe.BitCast<T, Vector512<float>>(d));
            Vector256<float> halves = quarters.GetLower() + quarters.GetUpper();
            return halves.GetLower() + halves.GetUpper();
        }

        return Avx.IsSupported
            ? OfFour(Unsafe.BitCast<T, Pair256>(a), Unsafe.BitCast<T, Pair256>(b), Unsafe.BitCast<T, Pair256>(c), Unsafe.BitCast<T, Pair256>(d))
            : OfFour(Unsafe.BitCast<T, Quad128>(a), Unsafe.BitCast<T, Quad128>(b), Unsafe.BitCast<T, Quad128>(c), Unsafe.BitCast<T, Quad128>(d));
    }

    /// <summary>Keeps four sums, or adds them to what is there. The first is added to 0, which makes 0 of −0 as the later ones would.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(ref float target, Vector128<float> sums, bool add) =>
        (sums + (add ? Vector128.LoadUnsafe(ref target) : Vector128<float>.Zero)).StoreUnsafe(ref target);

    /// <summary>The same for one sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Put(ref float target, float sum, bool add) => target = sum + (add ? target : 0f);

    /// <summary>In each quarter the [Σa, Σb, Σc, Σd] of that quarter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfFour(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = FoldPairs(a, b);
        Vector512<float> cd = FoldPairs(c, d);
        return Avx512F.Shuffle(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle(ab, cd, 0b11_01_11_01);

        static Vector512<float> FoldPairs(Vector512<float> first, Vector512<float> second) =>
            Avx512F.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx512F.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();
    }

    /// <summary>Adds up the quarters of each vector: quarter i of the result is that of vector i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = FoldHalves(a, b);
        Vector512<float> cd = FoldHalves(c, d);
        return Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01);

        static Vector512<float> FoldHalves(Vector512<float> first, Vector512<float> second) =>
            Avx512F.Shuffle4x128(first, second, 0b01_00_01_00) + Avx512F.Shuffle4x128(first, second, 0b11_10_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OfFour(Pair256 a, Pair256 b, Pair256 c, Pair256 d)
    {
        Vector256<float> halves = OfFour(a.First, b.First, c.First, d.First) + OfFour(a.Second, b.Second, c.Second, d.Second);
        return halves.GetLower() + halves.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OfFour(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<float> ab = FoldPairs(a, b);
        Vector256<float> cd = FoldPairs(c, d);
        return Avx.Shuffle(ab, cd, 0b10_00_10_00) + Avx.Shuffle(ab, cd, 0b11_01_11_01);

        static Vector256<float> FoldPairs(Vector256<float> first, Vector256<float> second) =>
            Avx.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OfFour(Quad128 a, Quad128 b, Quad128 c, Quad128 d) =>
        (OfFour(a.First, b.First, c.First, d.First) + OfFour(a.Third, b.Third, c.Third, d.Third))
        + (OfFour(a.Second, b.Second, c.Second, d.Second) + OfFour(a.Fourth, b.Fourth, c.Fourth, d.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> OfFour(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> ab = Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a); // a0+a2 a1+a3 b0+b2 b1+b3
            Vector128<float> cd = Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c);
            return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
        }

        return Vector128.Create(One(a), One(b), One(c), One(d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float One(Vector128<float> v)
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
