using SparseTraining.Kernels;
using SparseTraining.Optimizers;

namespace SparseTraining.Layers;

/// <summary>What happens to a piece of gradient before, in and after the optimizer; fixed for one step.</summary>
internal readonly struct UpdateRule(
    Optimizer optimizer, UpdateContext context, float gradientScale, Regularization regularization, GradientClipping? clipping)
{
    private readonly UpdateContext _context = context;

    /// <summary>Trains values on their gradient, which is overwritten.</summary>
    /// <param name="values">What is trained.</param>
    /// <param name="gradient">Summed over the samples.</param>
    /// <param name="firstState">The optimizer's first state, or empty.</param>
    /// <param name="secondState">The optimizer's second state, or empty.</param>
    /// <param name="isBias">Whether the values are no weights of links.</param>
    /// <param name="isScaled">Whether the gradient went through <see cref="Scale"/> and clipping before.</param>
    public void Apply(
        Span<float> values, Span<float> gradient, Span<float> firstState, Span<float> secondState, bool isBias, bool isScaled = false)
    {
        if (!isScaled)
        {
            Scale(values, gradient, isBias);
            clipping?.Clip(gradient);
        }

        optimizer.Update(values, gradient, firstState, secondState, _context);
        if (regularization.DecoupledDecay > 0 && Applies(isBias))
        {
            regularization.ApplyDecay(values);
        }
    }

    /// <summary>The gradient that clipping sees: the mean over the batch, with the penalties' share.</summary>
    public void Scale(ReadOnlySpan<float> values, Span<float> gradient, bool isBias)
    {
        Arithmetic.Scale(gradient, gradientScale);
        if (regularization.HasCoupledTerms && Applies(isBias))
        {
            regularization.AddCoupledTerms(values, gradient);
        }
    }

    private bool Applies(bool isBias) => !isBias || regularization.IncludeBias;
}
