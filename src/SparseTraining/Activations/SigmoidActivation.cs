using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = 1 / (1 + e^(−slope · z)); f′ = slope · f (1 − f).</summary>
internal sealed class SigmoidActivation(double slope) : ElementwiseActivation<SigmoidActivation.Function>(
    string.Create(CultureInfo.InvariantCulture, $"Sigmoid({slope})"),
    new(ElementwiseScalar.Positive(slope, nameof(slope))))
{
    public double Slope { get; } = slope;

    internal readonly struct Function(float slope) : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            VectorMath.Sigmoid(z * T.Broadcast(slope));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T>
        {
            T s = Value(z);
            return s * (T.Broadcast(1f) - s) * T.Broadcast(slope);
        }
    }
}
