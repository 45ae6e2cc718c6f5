using System.Runtime.CompilerServices;
using SparseTraining.Activations;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>
/// L = −1/K Σ_k [t_k ln p_k + (1 − t_k) ln(1 − p_k)] over the K outputs, p = σ(z), as it is computed from the logits:
/// 1/K Σ_k [max(z_k, 0) − t_k z_k + ln(1 + e^−|z_k|)]; ∂L/∂z_k = 1/K (p_k − t_k).
/// </summary>
internal sealed class BinaryCrossEntropyLoss()
    : OutputLoss<BinaryCrossEntropyLoss.ErrorGradient>("BinaryCrossEntropy", 1, default)
{
    public override bool GradientIsWithRespectToLogits => true;

    public override void ThrowIfIncompatible(Activation outputActivation)
    {
        base.ThrowIfIncompatible(outputActivation);
        if (outputActivation is not SigmoidActivation { Slope: 1 })
        {
            throw new ArgumentException(
                $"{Name} needs the output activation Sigmoid(1), not {outputActivation.Name}.", nameof(outputActivation));
        }
    }

    protected override double Term(double logit, double output, double target) =>
        Math.Max(logit, 0) - (target * logit) + Math.Log(1 + Math.Exp(-Math.Abs(logit)));

    internal readonly struct ErrorGradient : IErrorGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T error)
            where T : struct, ILane<T> => error;
    }
}
