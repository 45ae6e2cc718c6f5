using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>A limit on the size of gradients, applied to the mean over the batch together with the penalties, before the optimizer.</summary>
public sealed record GradientClipping
{
    private readonly float _limit;

    private GradientClipping(double limit, bool isGlobalNorm)
    {
        _limit = ElementwiseScalar.Positive(limit, nameof(limit));
        Limit = limit;
        IsGlobalNorm = isGlobalNorm;
    }

    /// <summary>The limit; finite and above 0.</summary>
    public double Limit { get; }

    /// <summary>Whether the limit is on the norm of the whole gradient rather than on each component.</summary>
    public bool IsGlobalNorm { get; }

    /// <summary>Limits each component of the gradient to [−limit, limit].</summary>
    /// <param name="limit">Finite and above 0.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public static GradientClipping ByValue(double limit) => new(limit, false);

    /// <summary>
    /// Scales the gradient of the whole network by limit / norm when its Euclidean norm is above the limit (Pascanu,
    /// Mikolov and Bengio, 2013).
    /// </summary>
    /// <param name="limit">Finite and above 0.</param>
    /// <returns>The clipping.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public static GradientClipping ByGlobalNorm(double limit) => new(limit, true);

    /// <summary>Describes the clipping.</summary>
    /// <returns>For example <c>ByValue(0.5)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsGlobalNorm ? nameof(ByGlobalNorm) : nameof(ByValue))}({Limit})");

    /// <summary>Limits each component; only for clipping by value. NaN stays NaN.</summary>
    internal void Clip(Span<float> gradient) => Elementwise.Apply(new ClipOperation(_limit), gradient, gradient);

    /// <summary>
    /// What the gradient of a given norm is to be multiplied by; only for clipping by norm. NaN stays NaN.
    /// </summary>
    internal double Scale(double norm) => norm <= Limit ? 1 : Limit / norm;

    private readonly struct ClipOperation(float limit) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> => VectorMath.Clamp(value, -limit, limit);
    }
}
