using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>
/// m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η λ w − η m̂ / (√v̂ + ε), m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 −
/// β₂ᵗ) at step t: Adam (Kingma and Ba, 2015) for λ = 0, AdamW (Loshchilov and Hutter, 2019) otherwise.
/// </summary>
internal sealed class AdamOptimizer : Optimizer
{
    private readonly float _beta1;
    private readonly float _beta2;
    private readonly float _epsilon;

    public AdamOptimizer(
        string name, double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
        : base(name, learningRate)
    {
        _beta1 = ElementwiseScalar.Fraction(beta1, nameof(beta1));
        _beta2 = ElementwiseScalar.Fraction(beta2, nameof(beta2));
        _epsilon = ElementwiseScalar.Positive(epsilon, nameof(epsilon));
        _ = ElementwiseScalar.NonNegative(weightDecay, nameof(weightDecay));
        (Beta1, Beta2, Epsilon, WeightDecay) = (beta1, beta2, epsilon, weightDecay);
    }

    public double Beta1 { get; }

    public double Beta2 { get; }

    public double Epsilon { get; }

    public double WeightDecay { get; }

    public override int StateCount => Operation.StateCount;

    public static AdamOptimizer Adam(double learningRate, double beta1, double beta2, double epsilon) => new(
        string.Create(CultureInfo.InvariantCulture, $"Adam({learningRate}, {beta1}, {beta2}, {epsilon})"),
        learningRate,
        beta1,
        beta2,
        epsilon,
        0);

    public static AdamOptimizer AdamW(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay) => new(
        string.Create(CultureInfo.InvariantCulture, $"AdamW({learningRate}, {beta1}, {beta2}, {epsilon}, {weightDecay})"),
        learningRate,
        beta1,
        beta2,
        epsilon,
        weightDecay);

    public override void Update(
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState,
        in UpdateContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context.Step, 1, nameof(context));
        var operation = new Operation(
            _beta1,
            (float)(1 - Beta1),
            _beta2,
            (float)(1 - Beta2),
            (float)(context.LearningRate / (1 - Power(Beta1, context.Step))),
            (float)(1 / Math.Sqrt(1 - Power(Beta2, context.Step))),
            _epsilon,
            (float)(-context.LearningRate * WeightDecay));
        ElementwiseUpdate.Run(operation, parameters, gradient, firstState, secondState);
    }

    /// <summary>By squaring, because Math.Pow may differ in the last bit between platforms.</summary>
    private static double Power(double value, long exponent)
    {
        double result = 1;
        for (; exponent > 0 && value > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) == 1)
            {
                result *= value;
            }
        }

        return exponent > 0 ? 0 : result;
    }

    internal readonly struct Operation(
        float beta1,
        float gain1,
        float beta2,
        float gain2,
        float rate,
        float rootScale,
        float epsilon,
        float negativeDecay)
        : IUpdateOperation
    {
        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(ref T parameter, T gradient, ref T firstState, ref T secondState)
            where T : struct, ILane<T>
        {
            firstState = ElementwiseUpdate.Flush(
                T.MultiplyAdd(firstState, T.Broadcast(beta1), gradient * T.Broadcast(gain1)));
            secondState = ElementwiseUpdate.Flush(
                T.MultiplyAdd(gradient * T.Broadcast(gain2), gradient, secondState * T.Broadcast(beta2)));
            T root = T.MultiplyAdd(T.Sqrt(secondState), T.Broadcast(rootScale), T.Broadcast(epsilon));
            T decayed = T.MultiplyAdd(parameter, T.Broadcast(negativeDecay), parameter);
            parameter = decayed - (firstState * T.Broadcast(rate) / root);
        }
    }
}
