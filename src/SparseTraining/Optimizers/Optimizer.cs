using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>
/// How parameters move along a gradient. Instances hold constants only; the state lies in arrays beside the
/// parameters, so that a rewire can carry it over link by link.
/// </summary>
/// <remarks>
/// A parameter's new value depends on its own gradient and state only, so that arrays may be cut into chunks anywhere.
/// State smaller than 2^−120 becomes 0, which keeps subnormal numbers out of training.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Names the optimizer.</summary>
    /// <param name="name">A name for summaries and messages.</param>
    /// <param name="learningRate">Learning rate η before any schedule; finite and above 0.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is out of range.</exception>
    protected Optimizer(string name, double learningRate)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _ = ElementwiseScalar.Positive(learningRate, nameof(learningRate));
        Name = name;
        LearningRate = learningRate;
    }

    /// <summary>The name, with the constants that were chosen: <c>Momentum(0.01, 0.9)</c>.</summary>
    public string Name { get; }

    /// <summary>Learning rate η before any schedule.</summary>
    public double LearningRate { get; }

    /// <summary>Arrays of state beside the parameters: 0, 1 or 2. State starts at zero.</summary>
    public abstract int StateCount { get; }

    /// <summary>Does one step on a chunk of parameters.</summary>
    /// <param name="parameters">Parameters w, updated.</param>
    /// <param name="gradient">Gradient g of the loss, as long as the parameters.</param>
    /// <param name="firstState">First state array, updated; ignored if <see cref="StateCount"/> is 0.</param>
    /// <param name="secondState">Second state array, updated; ignored if <see cref="StateCount"/> is below 2.</param>
    /// <param name="context">Number of the step and its learning rate.</param>
    /// <exception cref="ArgumentException">Lengths differ, or arrays share memory.</exception>
    public abstract void Update(
        Span<float> parameters,
        ReadOnlySpan<float> gradient,
        Span<float> firstState,
        Span<float> secondState,
        in UpdateContext context);

    /// <summary>Returns <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public sealed override string ToString() => Name;
}
