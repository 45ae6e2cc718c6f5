namespace SparseTraining.Initialization;

/// <summary>The built-in weight initializers.</summary>
/// <remarks>
/// Fans are the link counts that a neuron really has, so that signals keep their variance through a sparse layer; with
/// <c>denseFanIn</c> they are those of a dense layer of the same size, as published sparse-training code has it. A fan
/// of 0 counts as 1. The uniform initializers use exactly rounded arithmetic only and give the same bits everywhere;
/// the normal ones use the logarithm and cosine of the platform.
/// </remarks>
public static class WeightInitializers
{
    /// <summary>Every weight starts at 0: for grown links, not for whole layers.</summary>
    public static WeightInitializer Zero { get; } = new ZeroInitializer();

    /// <summary>
    /// Uniform in ±√(6 / fan in), of variance 2 / fan in (He et al. 2015); for layers followed by ReLU.
    /// </summary>
    /// <param name="denseFanIn">Whether to use the fan of a dense layer.</param>
    /// <returns>The initializer.</returns>
    public static WeightInitializer HeUniform(bool denseFanIn = false) =>
        new FanInitializer(DrawShape.Uniform, withFanOut: false, denseFanIn);

    /// <summary>Normal with variance 2 / fan in (He et al. 2015, equation 10); for layers followed by ReLU.</summary>
    /// <param name="denseFanIn">Whether to use the fan of a dense layer.</param>
    /// <returns>The initializer.</returns>
    public static WeightInitializer HeNormal(bool denseFanIn = false) =>
        new FanInitializer(DrawShape.Normal, withFanOut: false, denseFanIn);

    /// <summary>
    /// Uniform in ±√(6 / (fan in + fan out)), of variance 2 / (fan in + fan out) (Glorot and Bengio 2010, equation 16).
    /// </summary>
    /// <param name="denseFanIn">Whether to use the fans of a dense layer.</param>
    /// <returns>The initializer.</returns>
    public static WeightInitializer GlorotUniform(bool denseFanIn = false) =>
        new FanInitializer(DrawShape.Uniform, withFanOut: true, denseFanIn);

    /// <summary>Normal with variance 2 / (fan in + fan out) (Glorot and Bengio 2010, equation 12).</summary>
    /// <param name="denseFanIn">Whether to use the fans of a dense layer.</param>
    /// <returns>The initializer.</returns>
    public static WeightInitializer GlorotNormal(bool denseFanIn = false) =>
        new FanInitializer(DrawShape.Normal, withFanOut: true, denseFanIn);

    /// <summary>Normal with mean 0; 0.1 is what the published code of SET uses.</summary>
    /// <param name="standardDeviation">The standard deviation, above 0 and finite.</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and finite.</exception>
    public static WeightInitializer Normal(double standardDeviation = 0.1)
    {
        ThrowIfNotPositive(standardDeviation, nameof(standardDeviation));
        return new FixedInitializer(DrawShape.Normal, standardDeviation);
    }

    /// <summary>Uniform between two opposite limits.</summary>
    /// <param name="limit">The largest magnitude, above 0 and finite.</param>
    /// <returns>The initializer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 0 and finite.</exception>
    public static WeightInitializer Uniform(double limit)
    {
        ThrowIfNotPositive(limit, nameof(limit));
        return new FixedInitializer(DrawShape.Uniform, limit);
    }

    private static void ThrowIfNotPositive(double value, string name)
    {
        if (!(value > 0 && value <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(name, value, "The value must be above 0 and a finite float.");
        }
    }
}
