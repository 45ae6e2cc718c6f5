using System.Reflection;
using SparseTraining.Initialization;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Training;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests;

public sealed class DenseCrossoverTests
{
    private static readonly SparseMlpOptions AtCrossover = new()
    {
        Density = DensityAllocation.PerLayer(0.8, 0.3),
        Dropout = 0.2,
        Seed = 7,
    };

    [Fact]
    public void A_layer_is_stored_dense_from_the_crossover_on_and_the_summary_says_why()
    {
        var mlp = new SparseMlp(20, [30, 40], 4, AtCrossover);
        Assert.IsType<MaskedLinearLayer>(mlp.Layers[0]);
        Assert.IsType<SparseLinearLayer>(mlp.Layers[1]);
        string text = mlp.Summary().ToString();
        Assert.Contains("hidden 1 (sparse, stored dense)", text, StringComparison.Ordinal);
        Assert.Contains("hidden 1 (sparse, stored dense): so many positions are links", text, StringComparison.Ordinal);
        Assert.Empty(mlp.Summary().Layers[1].Note);
        Assert.Equal(480, mlp.Layers[0].LinkCount);
    }

    [Theory]
    [InlineData(0.69, false)]
    [InlineData(0.7, true)]
    [InlineData(0.99, true)]
    public void The_crossover_is_at_its_density(double density, bool isDense)
    {
        var mlp = new SparseMlp(100, [100], 4, new SparseMlpOptions { Density = DensityAllocation.Uniform(density) });
        Assert.Equal(isDense, mlp.Layers[0] is MaskedLinearLayer);
    }

    [Fact]
    public void It_trains_and_predicts_to_the_same_bits_as_links_alone()
    {
        SparseMlp dense = Fitted(new SparseMlp(20, [30, 40], 4, AtCrossover));
        SparseMlp sparse = Fitted(WithLinksAlone(new SparseMlp(20, [30, 40], 4, AtCrossover)));
        Assert.IsType<MaskedLinearLayer>(dense.Layers[0]);
        Assert.IsType<SparseLinearLayer>(sparse.Layers[0]);
        for (int i = 0; i < 2; i++)
        {
            var a = (IRewirable)dense.Layers[i];
            var b = (IRewirable)sparse.Layers[i];
            Assert.Equal(a.Mask, b.Mask);
            Assert.Equal(Values(a), Values(b));
            Assert.Equal(dense.Layers[i].BiasValues.ToArray(), sparse.Layers[i].BiasValues.ToArray());
        }

        foreach (float[] sample in Blobs.Rows(50, seed: 3).X)
        {
            Assert.Equal(sparse.Predict(sample), dense.Predict(sample));
        }
    }

    [Fact]
    public void A_saved_model_keeps_the_storage()
    {
        SparseMlp mlp = Fitted(new SparseMlp(20, [30, 40], 4, AtCrossover));
        using var stream = new MemoryStream();
        mlp.Save(stream);
        stream.Position = 0;
        var loaded = SparseMlp.Load(stream);
        Assert.IsType<MaskedLinearLayer>(loaded.Layers[0]);
        float[] sample = Blobs.Rows(1).X[0];
        Assert.Equal(mlp.Predict(sample), loaded.Predict(sample));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_dense_form_takes_less_than_twice_the_bytes(int states)
    {
        Optimizer optimizer = states == 0 ? KnownOptimizers.Sgd() : states == 1 ? KnownOptimizers.Momentum() : KnownOptimizers.Adam();
        foreach ((int inputs, int outputs) in new[] { (8, 8), (300, 300), (70_000, 4), (4, 70_000) })
        {
            var mask = ErdosRenyiInitializer.FromDensity(DenseCrossover.Density + 0.01).Create(inputs, outputs, new(1));
            Assert.True(DenseCrossover.IsReached(mask));
            long dense = Bytes(new MaskedLinearLayer(mask), optimizer);
            long sparse = Bytes(new SparseLinearLayer(mask), optimizer);
            Assert.True(dense <= 1.25 * sparse, $"{dense} against {sparse} bytes at {inputs} × {outputs}");
        }
    }

    private static long Bytes(LinearLayer layer, Optimizer optimizer)
    {
        layer.Weights.EnsureState(optimizer);
        layer.Biases.EnsureState(optimizer);
        return layer.TrainingStateBytes;
    }

    private static SparseMlp Fitted(SparseMlp mlp)
    {
        mlp.Fit(Blobs.Data(220), new FitOptions { Epochs = 5, BatchSize = 32 });
        return mlp;
    }

    /// <summary>Replaces dense storage before the first step, which no option does.</summary>
    private static SparseMlp WithLinksAlone(SparseMlp mlp)
    {
        var network = (Network)typeof(SparseMlp).GetField("_network", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(mlp)!;
        foreach (NetworkLayer layer in network.Layers)
        {
            if (layer.Linear is MaskedLinearLayer masked)
            {
                var sparse = new SparseLinearLayer(masked.Mask);
                sparse.SetLinkValues(Values(masked));
                layer.Linear = sparse;
            }
        }

        return mlp;
    }

    private static float[] Values(IRewirable layer)
    {
        var values = new float[layer.Mask.LinkCount];
        layer.CopyLinkValues(values);
        return values;
    }
}
