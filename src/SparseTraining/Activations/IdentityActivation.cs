using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = z.</summary>
internal sealed class IdentityActivation() : ElementwiseActivation<IdentityActivation.Function>("Identity", default)
{
    public override bool PreservesSign => true;

    internal readonly struct Function : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> => z;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T> => T.Broadcast(1f);
    }
}
