using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>A scalar function and its derivative, written once for every group of floats.</summary>
internal interface IActivationFunction
{
    T Value<T>(T z)
        where T : struct, ILane<T>;

    T Derivative<T>(T z)
        where T : struct, ILane<T>;
}

/// <summary>An activation without trained parameters whose values depend on their own z only.</summary>
internal abstract class ElementwiseActivation<TFunction>(string name, TFunction function) : Activation(name)
    where TFunction : struct, IActivationFunction
{
    public sealed override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfNotAligned(z, a, nameof(z), nameof(a));
        ThrowIfParametersDiffer(parameters.Length, z.Length / width, nameof(parameters));
        Elementwise.Run(new UnaryKernel<ValueOperation>(new(function), z, a), z.Length);
    }

    public sealed override void Backward(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> da,
        Span<float> dz,
        int width,
        ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfNotAligned(z, dz, nameof(z), nameof(dz));
        ElementwiseChecks.ThrowIfNotAligned(da, dz, nameof(da), nameof(dz));
        ThrowIfParametersDiffer(parameters.Length, z.Length / width, nameof(parameters));
        Elementwise.Run(new BinaryKernel<GradientOperation>(new(function), z, da, dz), z.Length);
    }

    internal sealed override void BackwardScaled(
        ReadOnlySpan<float> z, ReadOnlySpan<float> a, Span<float> da, Span<float> dz, float factor, int width, ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotAligned(z, dz, nameof(z), nameof(dz));
        ElementwiseChecks.ThrowIfNotAligned(da, dz, nameof(da), nameof(dz));
        Elementwise.Run(new BinaryKernel<ScaledGradientOperation>(new(function, factor), z, da, dz), z.Length);
    }

    private readonly struct ValueOperation(TFunction function) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => function.Value(value);
    }

    private readonly struct GradientOperation(TFunction function) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => function.Derivative(first) * second;
    }

    private readonly struct ScaledGradientOperation(TFunction function, float factor) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> => function.Derivative(first) * (second * T.Broadcast(factor));
    }
}
