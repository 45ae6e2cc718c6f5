using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Tests.Persistence;
using SparseTraining.Topology;

namespace SparseTraining.Tests;

public class FeatureImportanceTests
{
    // Inputs 0 to 3, outputs 0 to 2. Input 1 has no link; a link of value 0 adds nothing.
    private static readonly float[] Drawn =
    [
        0.5f, 0, -2, 0,
        -1, 0, 0, 3,
        0.25f, 0, 0, -3,
    ];

    [Fact]
    public void Strength_is_the_sum_of_the_magnitudes_of_a_features_links()
    {
        var sparse = new SparseLinearLayer(WeightMask.FromLinks(3, 4, [new(0, 0), new(0, 2), new(1, 0), new(1, 3), new(2, 0), new(2, 2), new(2, 3)]));
        float[] links = [0.5f, -2, -1, 3, 0.25f, 0, -3];
        sparse.SetLinkValues(links);
        var masked = new MaskedLinearLayer(sparse.Mask);
        masked.SetLinkValues(links);
        var dense = new DenseLinearLayer(4, 3);
        Drawn.CopyTo(dense.WeightValues);
        foreach (LinearLayer layer in new LinearLayer[] { sparse, masked, dense })
        {
            var importance = FeatureImportance.Of(layer);
            Assert.Equal([1.75f, 0, 2, 6], importance.Strengths.ToArray());
            Assert.Equal([3, 2, 0, 1], importance.Top(4));
            Assert.Equal([3, 2], importance.Top(2));
        }
    }

    [Fact]
    public void Biases_count_for_nothing()
    {
        var layer = new DenseLinearLayer(4, 3);
        layer.BiasValues.Fill(100);
        Assert.Equal([0, 0, 0, 0], FeatureImportance.Of(layer).Strengths.ToArray());
    }

    [Fact]
    public void Of_equals_the_lower_index_comes_first()
    {
        var layer = new DenseLinearLayer(5, 2);
        float[] weights = [1, -2, 0, 2, 1, -1, 0, 2, 0, 1];
        weights.CopyTo(layer.WeightValues);
        Assert.Equal([0, 1, 2, 3, 4], FeatureImportance.Of(layer).Top(5));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("dense")]
    [InlineData("masked")]
    [InlineData("all-relu")]
    public void A_predictor_has_the_strengths_of_its_model(string name)
    {
        SparseMlp model = SmallModels.All[name]();
        var importance = FeatureImportance.Of(model);
        Assert.Equal(SmallModels.Inputs, importance.FeatureCount);
        Assert.True(importance.Strengths.ToArray().Max() > 0);
        Assert.Equal(importance.Strengths.ToArray(), FeatureImportance.Of(model.ToPredictor()).Strengths.ToArray());
    }

    [Fact]
    public void Evolution_gathers_strength_in_the_features_that_tell_the_classes_apart()
    {
        // Features 3, 20, 40, 76 and 98 are moved by 2 for one class each; all have noise in [-1, 1).
        int[] telling = [3, 20, 40, 76, 98];
        var random = new RandomGenerator(5);
        int[] labels = [.. Enumerable.Range(0, 240).Select(sample => sample % 3)];
        float[][] x = [.. labels.Select(label => Enumerable.Range(0, 100)
            .Select(f => random.NextSingle() * 2 - 1 + (telling.Contains(f) && label == f % 3 ? 2 : 0)).ToArray())];

        var model = new SparseMlp(100, [50], 3, new SparseMlpOptions
        {
            Epsilon = 3,
            Evolution = TopologyEvolution.Set() with { GrownWeights = GrownWeights.Zero },

            // Without decay the first weights of useless features stay: what has just grown from 0 is pruned before them.
            Regularization = new() { L2 = 0.03 },
            FeatureScaling = FeatureScaling.Standard,
            Seed = 2,
        });
        model.Fit(Dataset.FromLabels(x, labels), new FitOptions { Epochs = 40, BatchSize = 10, MaxDegreeOfParallelism = 1 });
        Assert.Equal(telling, FeatureImportance.Of(model).Top(5).Order());
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        Assert.Contains("not fitted", Assert.Throws<InvalidOperationException>(() => FeatureImportance.Of(new SparseMlp(4, [3], 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => FeatureImportance.Of((SparseMlp)null!));
        Assert.Throws<ArgumentNullException>(() => FeatureImportance.Of((SparseMlpPredictor)null!));
        Assert.Throws<ArgumentNullException>(() => FeatureImportance.Of((LinearLayer)null!));
        var layer = new DenseLinearLayer(4, 3);
        Drawn.CopyTo(layer.WeightValues);
        var importance = FeatureImportance.Of(layer);
        Assert.Contains("[1, 4]", Assert.Throws<ArgumentOutOfRangeException>(() => importance.Top(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => importance.Top(5));
        layer.WeightValues[6] = float.NaN;
        Assert.Contains("feature 2", Assert.Throws<InvalidOperationException>(() => FeatureImportance.Of(layer)).Message, StringComparison.Ordinal);
        Assert.Equal(2f, importance.Strengths[2]);
    }
}
