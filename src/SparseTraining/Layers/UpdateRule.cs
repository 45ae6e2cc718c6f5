using System.Numerics.Tensors;
using SparseTraining.Optimizers;

namespace SparseTraining.Layers;

/// <summary>What happens to a piece of gradient before, in and after the optimizer; fixed for one step.</summary>
internal readonly struct UpdateRule(
    Optimizer optimizer, UpdateContext context, float gradientScale, Regularization regularization, GradientClipping? clipping)
{
    private readonly UpdateContext _context = context;

    /// <summary>Trains values [first, first + gradient.Length) of an array on their summed gradient, which is overwritten.</summary>
    public void Apply(ParameterArray parameters, Span<float> gradient, int first, bool isBias)
    {
        Scale(parameters.Values.AsSpan(first, gradient.Length), gradient, isBias);
        clipping?.Clip(gradient);
        ApplyScaled(parameters, gradient, first, isBias);
    }

    /// <summary>Trains on a gradient that is scaled and clipped already.</summary>
    public void ApplyScaled(ParameterArray parameters, ReadOnlySpan<float> gradient, int first, bool isBias)
    {
        int count = gradient.Length;
        Span<float> values = parameters.Values.AsSpan(first, count);
        optimizer.Update(values, gradient, State(parameters.FirstState, first, count), State(parameters.SecondState, first, count), _context);
        if (regularization.DecoupledDecay > 0 && Applies(isBias))
        {
            regularization.ApplyDecay(values);
        }
    }

    /// <summary>The gradient that clipping sees: the mean over the batch, with the penalties' share.</summary>
    public void Scale(ReadOnlySpan<float> values, Span<float> gradient, bool isBias)
    {
        TensorPrimitives.Multiply(gradient, gradientScale, gradient);
        if (regularization.HasCoupledTerms && Applies(isBias))
        {
            regularization.AddCoupledTerms(values, gradient);
        }
    }

    private bool Applies(bool isBias) => !isBias || regularization.IncludeBias;

    private static Span<float> State(float[] state, int first, int count) => state.Length == 0 ? [] : state.AsSpan(first, count);
}
