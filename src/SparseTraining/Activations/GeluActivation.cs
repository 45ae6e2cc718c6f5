using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// f(z) = z Φ(z) with the exact normal distribution function, not the tanh approximation (Hendrycks and Gimpel, 2016);
/// f′(z) = Φ(z) + z φ(z).
/// </summary>
internal sealed class GeluActivation() : ElementwiseActivation<GeluActivation.Function>("Gelu", default)
{
    public override bool IsRectifier => true;

    internal readonly struct Function : IActivationFunction
    {
        // Where Φ and φ are 0 in single precision, the product must be 0 too, for −∞ as well.
        private const float Limit = 20f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(T.Broadcast(-Limit), z, T.Broadcast(0f), z * VectorMath.NormalDistribution(z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T>
        {
            z = VectorMath.Clamp(z, -Limit, Limit);
            return T.MultiplyAdd(z, VectorMath.NormalDensity(z), VectorMath.NormalDistribution(z));
        }
    }
}
