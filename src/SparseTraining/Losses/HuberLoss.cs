using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>
/// L = 1/K Σ_k h(y_k − t_k) over the K outputs, h(e) = e²/2 for |e| ≤ δ and δ (|e| − δ/2) beyond (Huber, 1964);
/// ∂L/∂y_k = 1/K · e limited to [−δ, δ].
/// </summary>
internal sealed class HuberLoss(double delta) : OutputLoss<HuberLoss.ErrorGradient>(
    string.Create(CultureInfo.InvariantCulture, $"Huber({delta})"),
    1,
    new(ElementwiseScalar.Positive(delta, nameof(delta))))
{
    public double Delta { get; } = delta;

    public override bool GradientIsWithRespectToLogits => false;

    protected override double Term(double logit, double output, double target)
    {
        double size = Math.Abs(output - target);
        return size > Delta ? Delta * (size - (0.5 * Delta)) : 0.5 * size * size;
    }

    internal readonly struct ErrorGradient(float delta) : IErrorGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T error)
            where T : struct, ILane<T> => VectorMath.Clamp(error, -delta, delta);
    }
}
