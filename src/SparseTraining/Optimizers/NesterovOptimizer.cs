using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>
/// v ← μ v − η g; w ← w + μ v − η g: Nesterov's accelerated gradient (1983) in the form whose parameters are those
/// where the gradient is taken.
/// </summary>
internal sealed class NesterovOptimizer(double learningRate, double momentum)
    : Optimizer(string.Create(CultureInfo.InvariantCulture, $"Nesterov({learningRate}, {momentum})"), learningRate)
{
    private readonly float _momentum = ElementwiseScalar.Fraction(momentum, nameof(momentum));

    public double Momentum { get; } = momentum;

    public override int StateCount => Operation.StateCount;

    public override void Update(
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState,
        in UpdateContext context) =>
        ElementwiseUpdate.Run(
            new Operation(_momentum, (float)-context.LearningRate), parameters, gradient, firstState, secondState);

    internal readonly struct Operation(float momentum, float negativeRate) : IUpdateOperation
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(ref T parameter, T gradient, ref T firstState, ref T secondState)
            where T : struct, ILane<T>
        {
            T step = gradient * T.Broadcast(negativeRate);
            firstState = ElementwiseUpdate.Flush(T.MultiplyAdd(firstState, T.Broadcast(momentum), step));
            parameter += T.MultiplyAdd(firstState, T.Broadcast(momentum), step);
        }
    }
}
