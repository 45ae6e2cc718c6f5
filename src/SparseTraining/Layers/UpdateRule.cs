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
    /// <param name="kind">What the values are.</param>
    /// <param name="isScaled">Whether the gradient went through <see cref="Scale"/> and clipping before.</param>
    public void Apply(
        Span<float> values, Span<float> gradient, Span<float> firstState, Span<float> secondState, ParameterKind kind, bool isScaled = false)
    {
        if (!isScaled)
        {
            Scale(values, gradient, kind);
            clipping?.Clip(gradient);
        }

        optimizer.Update(values, gradient, firstState, secondState, _context);
        if (regularization.DecoupledDecay > 0 && Applies(kind))
        {
            regularization.ApplyDecay(values);
        }
    }

    /// <summary>The gradient that clipping sees: the mean over the batch, with the penalties' share.</summary>
    public void Scale(ReadOnlySpan<float> values, Span<float> gradient, ParameterKind kind)
    {
        Arithmetic.Scale(gradient, gradientScale);
        if (regularization.HasCoupledTerms && Applies(kind))
        {
            regularization.AddCoupledTerms(values, gradient);
        }
    }

    private bool Applies(ParameterKind kind) =>
        kind == ParameterKind.Weights || (kind == ParameterKind.Biases && regularization.IncludeBias);
}
