using SparseTraining.Activations;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>What training makes small: a number for each sample, and its gradient.</summary>
/// <remarks>
/// Blocks are feature-major: [outputs × width], one row an output, <c>width</c> samples side by side in it. Gradients
/// use exactly rounded single-precision arithmetic, so that trained weights are the same bits on every machine; the
/// reported loss is computed in double precision with the logarithm of the platform.
/// </remarks>
public abstract class Loss
{
    /// <summary>Names the loss.</summary>
    /// <param name="name">A name for summaries and messages.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    protected Loss(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The name, with the constants that were chosen: <c>Huber(1)</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// True if <see cref="Evaluate"/> gives the gradient with respect to the logits, the output activation's derivative
    /// included; false if it is with respect to the outputs.
    /// </summary>
    public abstract bool GradientIsWithRespectToLogits { get; }

    /// <summary>
    /// Checks that the output layer's activation is one that this loss is defined for; most take any. If the gradient is with respect to the
    /// logits, it must have no trained parameters, which would get no gradient.
    /// </summary>
    /// <param name="outputActivation">Activation of the output layer.</param>
    /// <exception cref="ArgumentException">The two do not go together.</exception>
    public virtual void ThrowIfIncompatible(Activation outputActivation)
    {
        ArgumentNullException.ThrowIfNull(outputActivation);
        if (outputActivation.ParametersPerNeuron > 0 && GradientIsWithRespectToLogits)
        {
            throw new ArgumentException(
                $"{Name} passes over the output activation, so that the parameters of {outputActivation.Name} would never be trained.", nameof(outputActivation));
        }
    }

    /// <summary>Loss and gradient of a batch.</summary>
    /// <param name="logits">Weighted sums of the output layer, [outputs × width].</param>
    /// <param name="outputs">The output activation's values, [outputs × width].</param>
    /// <param name="targets">What the outputs should be, [outputs × width].</param>
    /// <param name="weights">
    /// Weight of each sample, [width], finite and at least 0. Weight 0 gives loss and gradient 0 whatever the outputs
    /// are.
    /// </param>
    /// <param name="width">Samples, at least 1.</param>
    /// <param name="gradient">
    /// Receives weight times the gradient, [outputs × width], not divided by the number of samples. Empty: not
    /// computed. May be the block of logits, outputs or targets.
    /// </param>
    /// <param name="sampleLosses">Receives weight times the loss of each sample, [width].</param>
    /// <exception cref="ArgumentException">
    /// A block does not have the others' shape, or overlaps with a shift.
    /// </exception>
    public abstract void Evaluate(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        int width,
        Span<float> gradient,
        Span<double> sampleLosses);

    /// <summary>Returns <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public sealed override string ToString() => Name;

    /// <summary>The checks that every loss of this library makes on the blocks.</summary>
    private protected static void ThrowIfShapesDiffer(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        int width,
        ReadOnlySpan<float> gradient,
        ReadOnlySpan<double> sampleLosses)
    {
        ElementwiseChecks.ThrowIfNotRows(outputs.Length, width, nameof(outputs));
        if (outputs.IsEmpty)
        {
            throw new ArgumentException("outputs is empty; a loss needs at least one output.", nameof(outputs));
        }

        ElementwiseChecks.ThrowIfLengthDiffers(outputs.Length, logits.Length, nameof(outputs), nameof(logits));
        ElementwiseChecks.ThrowIfLengthDiffers(outputs.Length, targets.Length, nameof(outputs), nameof(targets));
        ElementwiseChecks.ThrowIfLengthDiffers(width, weights.Length, nameof(width), nameof(weights));
        ElementwiseChecks.ThrowIfLengthDiffers(width, sampleLosses.Length, nameof(width), nameof(sampleLosses));
        if (!gradient.IsEmpty)
        {
            ElementwiseChecks.ThrowIfNotAligned(logits, gradient, nameof(logits), nameof(gradient));
            ElementwiseChecks.ThrowIfNotAligned(outputs, gradient, nameof(outputs), nameof(gradient));
            ElementwiseChecks.ThrowIfNotAligned(targets, gradient, nameof(targets), nameof(gradient));
            ElementwiseChecks.ThrowIfOverlapping(weights, gradient, nameof(weights), nameof(gradient));
        }
    }
}
