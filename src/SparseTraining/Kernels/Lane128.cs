using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Four floats in one 128-bit vector.</summary>
internal readonly struct Lane128(Vector128<float> value) : ILane<Lane128>
{
    private readonly Vector128<float> _value = value;

    public Vector128<float> Value => _value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Gather<TIndex>(ref readonly float source, ref readonly TIndex indices)
        where TIndex : unmanaged
    {
        ref float x = ref Unsafe.AsRef(in source);
        ref TIndex index = ref Unsafe.AsRef(in indices);
        if (typeof(TIndex) == typeof(ushort) && BitConverter.IsLittleEndian)
        {
            // The number of loads is what bounds this: one brings four indices.
            ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<TIndex, byte>(ref index));
            return new(Vector128.Create(
                Unsafe.Add(ref x, (nint)(ushort)four),
                Unsafe.Add(ref x, (nint)(ushort)(four >> 16)),
                Unsafe.Add(ref x, (nint)(ushort)(four >> 32)),
                Unsafe.Add(ref x, (nint)(four >> 48))));
        }

        return new(Vector128.Create(
            Unsafe.Add(ref x, IndexWidth.ToOffset(index)),
            Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref index, 1))),
            Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref index, 2))),
            Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref index, 3)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator +(Lane128 left, Lane128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator -(Lane128 left, Lane128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator *(Lane128 left, Lane128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator /(Lane128 left, Lane128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MultiplyAdd(Lane128 left, Lane128 right, Lane128 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MultiplyAdd(Lane128 left, ref readonly float right, Lane128 addend) =>
        new(Vector128.FusedMultiplyAdd(left._value, Vector128.LoadUnsafe(in right), addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Min(Lane128 left, Lane128 right) => new(Vector128.Min(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Max(Lane128 left, Lane128 right) => new(Vector128.Max(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Sqrt(Lane128 value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Abs(Lane128 value) => new(Vector128.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Round(Lane128 value) => new(Vector128.Round(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 PowerOfTwo(Lane128 exponent) =>
        new(((Vector128.ConvertToInt32(exponent._value) + Vector128.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 SelectGreater(Lane128 left, Lane128 right, Lane128 yes, Lane128 no) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._value, right._value), yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination) => _value.StoreUnsafe(ref destination);
}
