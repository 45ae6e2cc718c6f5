using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>f(z) = z for z &gt; 0, slope · z otherwise (Maas, Hannun and Ng, 2013).</summary>
internal sealed class LeakyReluActivation(double slope) : ElementwiseActivation<LeakyReluActivation.Function>(
    string.Create(CultureInfo.InvariantCulture, $"LeakyRelu({slope})"),
    new(ElementwiseScalar.NonNegative(slope, nameof(slope))))
{
    public double Slope { get; } = slope;

    public override bool IsRectifier => true;

    public override bool PreservesSign => true;

    internal readonly struct Function(float slope) : IActivationFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(z, T.Broadcast(0f), z, z * T.Broadcast(slope));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILane<T> =>
            T.SelectGreater(z, T.Broadcast(0f), T.Broadcast(1f), T.Broadcast(slope));
    }
}
