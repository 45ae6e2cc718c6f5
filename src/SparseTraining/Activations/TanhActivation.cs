using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = tanh z; f′ = (1 − f)(1 + f).</summary>
internal sealed class TanhActivation() : ElementwiseActivation<TanhActivation.Function>("Tanh", default)
{
    internal readonly struct Function : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            VectorMath.Tanh(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T>
        {
            T t = VectorMath.Tanh(z);
            return (T.Broadcast(1f) - t) * (T.Broadcast(1f) + t);
        }
    }
}
