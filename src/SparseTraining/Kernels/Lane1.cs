using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>A single float: what is left where no vector fits any more.</summary>
internal readonly struct Lane1(float value) : ILane<Lane1>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static Lane1 Broadcast(float value) => new(value);

    public static Lane1 Load(ref readonly float source) => new(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Gather<TIndex>(ref readonly float source, ref readonly TIndex indices)
        where TIndex : unmanaged =>
        new(Unsafe.Add(ref Unsafe.AsRef(in source), IndexWidth.ToOffset(indices)));

    public static Lane1 operator +(Lane1 left, Lane1 right) => new(left._value + right._value);

    public static Lane1 operator -(Lane1 left, Lane1 right) => new(left._value - right._value);

    public static Lane1 operator *(Lane1 left, Lane1 right) => new(left._value * right._value);

    public static Lane1 operator /(Lane1 left, Lane1 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyAdd(Lane1 left, Lane1 right, Lane1 addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyAdd(Lane1 left, ref readonly float right, Lane1 addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right, addend._value));

    public static Lane1 Sqrt(Lane1 value) => new(MathF.Sqrt(value._value));

    public static Lane1 Abs(Lane1 value) => new(MathF.Abs(value._value));

    public static Lane1 Round(Lane1 value) => new(MathF.Round(value._value));

    public static Lane1 PowerOfTwo(Lane1 exponent) => new(BitConverter.Int32BitsToSingle(((int)exponent._value + 127) << 23));

    public static Lane1 SelectGreater(Lane1 left, Lane1 right, Lane1 yes, Lane1 no) => left._value > right._value ? yes : no;

    public void Store(ref float destination) => destination = _value;
}
