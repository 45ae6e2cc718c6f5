using SparseTraining.Layers;

namespace SparseTraining;

/// <summary>
/// How much each input feature matters to a trained network, by the strength of its input neuron: s_i = Σ_j |w_ji|, the sum of
/// the magnitudes of its links to the first hidden layer. Links that help survive training and grow, and links of useless
/// features are pruned, so that in a network whose topology evolves few features gather most of the strength.
/// </summary>
/// <remarks>
/// Source: Z. Atashgahi et al., <i>Quick and robust feature selection: the strength of energy-efficient sparse training for
/// autoencoders</i> (QuickSelection), Machine Learning 111, 2022, eq. 3. They rank the inputs of a sparse denoising autoencoder;
/// the strength is defined for any network, also for a classifier. Strengths are comparable only where features have the same
/// scale: use <see cref="FeatureScaling.Standard"/>, and regularization or evolution, so that links of useless features shrink.
/// </remarks>
public sealed class FeatureImportance
{
    private readonly float[] _strengths;

    private FeatureImportance(LinearLayer layer)
    {
        double[] sums = InputStrength.Of(layer);
        int wrong = Array.FindIndex(sums, strength => !double.IsFinite(strength));
        if (wrong >= 0)
        {
            throw new InvalidOperationException($"The weights of feature {wrong} are not finite: its strength is {sums[wrong]}.");
        }

        _strengths = Array.ConvertAll(sums, strength => (float)strength);
    }

    /// <summary>Features of a sample.</summary>
    public int FeatureCount => _strengths.Length;

    /// <summary>The strength of each feature, at least 0, in the order of the features; 0 for one without links.</summary>
    public ReadOnlySpan<float> Strengths => _strengths;

    /// <summary>Measures the features of a trained model.</summary>
    /// <param name="model">The model; sparse, masked or dense. Later training does not change the result.</param>
    /// <returns>One strength a feature.</returns>
    /// <exception cref="InvalidOperationException">The model is not fitted, or a weight of its first layer is not finite.</exception>
    public static FeatureImportance Of(SparseMlp model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.IsFitted
            ? new FeatureImportance(model.Layers[0])
            : throw new InvalidOperationException("The model is not fitted: call Fit before asking for the importance of its features.");
    }

    /// <summary>Measures the features of a model that was loaded to predict.</summary>
    /// <param name="predictor">The model. It gives the strengths of the one that it was made from.</param>
    /// <returns>One strength a feature.</returns>
    public static FeatureImportance Of(SparseMlpPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        return new FeatureImportance(predictor.Layers[0].Linear);
    }

    /// <summary>Measures the inputs of one layer: of a network built by hand, or the neurons of a hidden layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>One strength an input of the layer.</returns>
    /// <exception cref="InvalidOperationException">A weight is not finite.</exception>
    public static FeatureImportance Of(LinearLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new FeatureImportance(layer);
    }

    /// <summary>The k strongest features, for <see cref="Data.Dataset.SelectFeatures"/>.</summary>
    /// <param name="k">How many, in [1, <see cref="FeatureCount"/>].</param>
    /// <returns>Their indices, the strongest first; of equals the one with the lower index first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is out of range.</exception>
    public int[] Top(int k)
    {
        if (k < 1 || k > FeatureCount)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"The number of features must lie in [1, {FeatureCount}].");
        }

        return [.. Enumerable.Range(0, FeatureCount).OrderByDescending(feature => _strengths[feature]).Take(k)];
    }
}
