using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>L = 1/K Σ_k (y_k − t_k)² over the K outputs; ∂L/∂y_k = 2/K (y_k − t_k).</summary>
internal sealed class MeanSquaredErrorLoss()
    : OutputLoss<MeanSquaredErrorLoss.ErrorGradient>("MeanSquaredError", 2, default)
{
    public override bool GradientIsWithRespectToLogits => false;

    protected override double Term(double logit, double output, double target) => (output - target) * (output - target);

    internal readonly struct ErrorGradient : IErrorGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T error)
            where T : struct, ILane<T> => error;
    }
}
