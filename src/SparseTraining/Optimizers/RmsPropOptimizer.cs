using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>s ← ρ s + (1 − ρ) g²; w ← w − η g / (√s + ε) (Tieleman and Hinton, 2012).</summary>
internal sealed class RmsPropOptimizer(double learningRate, double rho, double epsilon)
    : Optimizer(string.Create(CultureInfo.InvariantCulture, $"RmsProp({learningRate}, {rho}, {epsilon})"), learningRate)
{
    private readonly float _rho = ElementwiseScalar.Fraction(rho, nameof(rho));
    private readonly float _gain = (float)(1 - rho);
    private readonly float _epsilon = ElementwiseScalar.Positive(epsilon, nameof(epsilon));

    public double Rho { get; } = rho;

    public double Epsilon { get; } = epsilon;

    public override int StateCount => Operation.StateCount;

    public override void Update(
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState,
        in UpdateContext context) =>
        ElementwiseUpdate.Run(
            new Operation(_rho, _gain, _epsilon, (float)context.LearningRate),
            parameters,
            gradient,
            firstState,
            secondState);

    internal readonly struct Operation(float rho, float gain, float epsilon, float rate) : IUpdateOperation
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(ref T parameter, T gradient, ref T firstState, ref T secondState)
            where T : struct, ILane<T>
        {
            T weighted = gradient * T.Broadcast(gain);
            firstState = ElementwiseUpdate.Flush(
                T.MultiplyAdd(weighted, gradient, firstState * T.Broadcast(rho)));
            parameter -= gradient * T.Broadcast(rate) / (T.Sqrt(firstState) + T.Broadcast(epsilon));
        }
    }
}
