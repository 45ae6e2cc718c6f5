using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// f(z) = z σ(βz) (Ramachandran, Zoph and Le, 2017; SiLU for β = 1); f′(z) = s + βz s (1 − s) with s = σ(βz).
/// </summary>
internal sealed class SwishActivation(double beta) : ElementwiseActivation<SwishActivation.Function>(
    string.Create(CultureInfo.InvariantCulture, $"Swish({beta})"),
    new(ElementwiseScalar.Positive(beta, nameof(beta))))
{
    public double Beta { get; } = beta;

    public override bool IsRectifier => true;

    internal readonly struct Function(float beta) : IActivationFunction
    {
        // Where σ is 0 or 1 in single precision, the products must be 0 too, for ±∞ as well.
        private const float Limit = 110f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T>
        {
            T scaled = z * T.Broadcast(beta);
            return T.SelectGreater(T.Broadcast(-Limit), scaled, T.Broadcast(0f), z * VectorMath.Sigmoid(scaled));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T>
        {
            T scaled = VectorMath.Clamp(z * T.Broadcast(beta), -Limit, Limit);
            T s = VectorMath.Sigmoid(scaled);
            return T.MultiplyAdd(scaled * s, T.Broadcast(1f) - s, s);
        }
    }
}
