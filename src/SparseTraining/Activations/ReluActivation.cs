using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = max(z, 0); f′(0) = 0. NaN stays NaN.</summary>
internal sealed class ReluActivation() : ElementwiseActivation<ReluActivation.Function>("Relu", default)
{
    public override bool IsRectifier => true;

    public override bool PreservesSign => true;

    internal override bool SlopeVanishesAtZero => true;

    internal readonly struct Function : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(T.Broadcast(0f), z, T.Broadcast(0f), z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(z, T.Broadcast(0f), T.Broadcast(1f), T.Broadcast(0f));
    }
}
