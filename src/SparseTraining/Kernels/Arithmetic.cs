using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>Sums and products of whole arrays.</summary>
/// <remarks>
/// Here and not from a library, because these run thousands of times in the first second of training, when generic library
/// code is still compiled without optimization: there a multiplication was seen to take as long as a sparse product.
/// </remarks>
internal static class Arithmetic
{
    /// <summary>values[i] ← values[i] · factor.</summary>
    public static void Scale(Span<float> values, float factor) => Elementwise.Apply(new ScaleOperation(factor), values, values);

    /// <summary>values[i] ← (values[i] − offset) · factor.</summary>
    public static void ShiftAndScale(Span<float> values, float offset, float factor) =>
        Elementwise.Apply(new ShiftAndScaleOperation(offset, factor), values, values);

    /// <summary>sums[i] ← first[i] + second[i].</summary>
    public static void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> sums) =>
        Elementwise.Apply(default(AddOperation), first, second, sums);

    /// <summary>values[i] ← mask[i] above 0 ? values[i] : 0. No product with the mask: that would make NaN of what has overflowed.</summary>
    public static void Mask(Span<float> values, ReadOnlySpan<float> mask) =>
        Elementwise.Apply(default(MaskOperation), values, mask, values);

    /// <summary>Sets what is smaller than a limit to 0, whatever its sign; NaN stays NaN.</summary>
    public static void Flush(Span<float> values, float limit) => Elementwise.Apply(new FlushOperation(limit), values, values);

    /// <summary>The same for one group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Flush<T>(T value, float limit)
        where T : struct, ILane<T> => T.SelectGreater(T.Broadcast(limit), T.Abs(value), T.Broadcast(0f), value);

    private readonly struct FlushOperation(float limit) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => Flush(value, limit);
    }

    private readonly struct ScaleOperation(float factor) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => value * T.Broadcast(factor);
    }

    private readonly struct ShiftAndScaleOperation(float offset, float factor) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => (value - T.Broadcast(offset)) * T.Broadcast(factor);
    }

    private readonly struct AddOperation : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => first + second;
    }

    private readonly struct MaskOperation : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => T.SelectGreater(second, T.Broadcast(0f), first, T.Broadcast(0f));
    }
}
