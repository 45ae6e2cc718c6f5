using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>Two groups side by side: how a kernel gets several accumulators without a second loop.</summary>
/// <remarks>
/// The JIT keeps up to four vectors of a joined group in registers; with eight it starts to spill, which measured
/// slower than going over the indices twice.
/// </remarks>
internal readonly struct Join<TFirst, TSecond>(TFirst first, TSecond second) : ILane<Join<TFirst, TSecond>>
    where TFirst : struct, ILane<TFirst>
    where TSecond : struct, ILane<TSecond>
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    /// <remarks>Inlined by force: left as a call, it makes the JIT spill the accumulators around every load.</remarks>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TFirst.Count + TSecond.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Broadcast(float value) => new(TFirst.Broadcast(value), TSecond.Broadcast(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Load(ref readonly float source) =>
        new(TFirst.Load(in source), TSecond.Load(in Unsafe.Add(ref Unsafe.AsRef(in source), TFirst.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Gather<TIndex>(ref readonly float source, ref readonly TIndex indices)
        where TIndex : unmanaged =>
        new(TFirst.Gather(in source, in indices), TSecond.Gather(in source, in Unsafe.Add(ref Unsafe.AsRef(in indices), TFirst.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> operator +(Join<TFirst, TSecond> left, Join<TFirst, TSecond> right) =>
        new(left._first + right._first, left._second + right._second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> operator -(Join<TFirst, TSecond> left, Join<TFirst, TSecond> right) =>
        new(left._first - right._first, left._second - right._second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> operator *(Join<TFirst, TSecond> left, Join<TFirst, TSecond> right) =>
        new(left._first * right._first, left._second * right._second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> operator /(Join<TFirst, TSecond> left, Join<TFirst, TSecond> right) =>
        new(left._first / right._first, left._second / right._second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> MultiplyAdd(
        Join<TFirst, TSecond> left, Join<TFirst, TSecond> right, Join<TFirst, TSecond> addend) =>
        new(TFirst.MultiplyAdd(left._first, right._first, addend._first),
            TSecond.MultiplyAdd(left._second, right._second, addend._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> MultiplyAdd(
        Join<TFirst, TSecond> left, ref readonly float right, Join<TFirst, TSecond> addend) =>
        new(TFirst.MultiplyAdd(left._first, in right, addend._first),
            TSecond.MultiplyAdd(left._second, in Unsafe.Add(ref Unsafe.AsRef(in right), TFirst.Count), addend._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Sqrt(Join<TFirst, TSecond> value) =>
        new(TFirst.Sqrt(value._first), TSecond.Sqrt(value._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Abs(Join<TFirst, TSecond> value) =>
        new(TFirst.Abs(value._first), TSecond.Abs(value._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> Round(Join<TFirst, TSecond> value) =>
        new(TFirst.Round(value._first), TSecond.Round(value._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> PowerOfTwo(Join<TFirst, TSecond> exponent) =>
        new(TFirst.PowerOfTwo(exponent._first), TSecond.PowerOfTwo(exponent._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Join<TFirst, TSecond> SelectGreater(
        Join<TFirst, TSecond> left, Join<TFirst, TSecond> right, Join<TFirst, TSecond> yes, Join<TFirst, TSecond> no) =>
        new(TFirst.SelectGreater(left._first, right._first, yes._first, no._first),
            TSecond.SelectGreater(left._second, right._second, yes._second, no._second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination)
    {
        _first.Store(ref destination);
        _second.Store(ref Unsafe.Add(ref destination, TFirst.Count));
    }
}
