using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>
/// What <see cref="Elementwise.Run{TKernel}"/> does at one offset, for as many elements as the group holds.
/// </summary>
internal interface ILaneKernel
{
    void Invoke<T>(int offset)
        where T : struct, ILane<T>;
}

/// <summary>A function of one number, with its constants as fields.</summary>
internal interface IUnaryOperation
{
    T Invoke<T>(T value)
        where T : struct, ILane<T>;
}

/// <summary>A function of two numbers, with its constants as fields.</summary>
internal interface IBinaryOperation
{
    T Invoke<T>(T first, T second)
        where T : struct, ILane<T>;
}

/// <summary>Applies a function of one number.</summary>
internal readonly ref struct UnaryKernel<TOperation> : ILaneKernel
    where TOperation : struct, IUnaryOperation
{
    private readonly TOperation _operation;
    private readonly ref float _source;
    private readonly ref float _destination;

    public UnaryKernel(TOperation operation, ReadOnlySpan<float> source, Span<float> destination)
    {
        _operation = operation;
        _source = ref MemoryMarshal.GetReference(source);
        _destination = ref MemoryMarshal.GetReference(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T>(int offset)
        where T : struct, ILane<T> =>
        _operation.Invoke(T.Load(in Unsafe.Add(ref _source, offset))).Store(ref Unsafe.Add(ref _destination, offset));
}

/// <summary>Applies a function of two numbers.</summary>
internal readonly ref struct BinaryKernel<TOperation> : ILaneKernel
    where TOperation : struct, IBinaryOperation
{
    private readonly TOperation _operation;
    private readonly ref float _first;
    private readonly ref float _second;
    private readonly ref float _destination;

    public BinaryKernel(
        TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> destination)
    {
        _operation = operation;
        _first = ref MemoryMarshal.GetReference(first);
        _second = ref MemoryMarshal.GetReference(second);
        _destination = ref MemoryMarshal.GetReference(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<T>(int offset)
        where T : struct, ILane<T>
    {
        T result = _operation.Invoke(
            T.Load(in Unsafe.Add(ref _first, offset)), T.Load(in Unsafe.Add(ref _second, offset)));
        result.Store(ref Unsafe.Add(ref _destination, offset));
    }
}
