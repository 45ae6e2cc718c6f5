using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = z for z &gt; 0, α (e^z − 1) otherwise (Clevert, Unterthiner and Hochreiter, 2016).</summary>
internal sealed class EluActivation(double alpha) : ElementwiseActivation<EluActivation.Function>(
    string.Create(CultureInfo.InvariantCulture, $"Elu({alpha})"),
    new(ElementwiseScalar.Positive(alpha, nameof(alpha))))
{
    public double Alpha { get; } = alpha;

    public override bool IsRectifier => true;

    internal readonly struct Function(float alpha) : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(z, T.Broadcast(0f), z, VectorMath.ExpMinusOneOfNegative(z) * T.Broadcast(alpha));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(z, T.Broadcast(0f), T.Broadcast(1f), VectorMath.Exp(z) * T.Broadcast(alpha));
    }
}
