using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>w ← w − η g.</summary>
internal sealed class SgdOptimizer(double learningRate)
    : Optimizer(string.Create(CultureInfo.InvariantCulture, $"Sgd({learningRate})"), learningRate)
{
    public override int StateCount => Operation.StateCount;

    public override void Update(
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState,
        in UpdateContext context) =>
        ElementwiseUpdate.Run(
            new Operation((float)-context.LearningRate), parameters, gradient, firstState, secondState);

    internal readonly struct Operation(float negativeRate) : IUpdateOperation
    {
        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(ref T parameter, T gradient, ref T firstState, ref T secondState)
            where T : struct, ILane<T> =>
            parameter = T.MultiplyAdd(gradient, T.Broadcast(negativeRate), parameter);
    }
}
