using CsCheck;
using SparseTraining.Data;
using SparseTraining.Layers;
using SparseTraining.Persistence;
using KnownActivations = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Persistence;

/// <summary>What is saved comes back: bits, links, options, names, and what the summary shows.</summary>
public class ModelFileTests
{
    public static TheoryData<string> Names => SmallModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_is_the_saved_one(string name)
    {
        SparseMlp model = SmallModels.All[name]();
        byte[] bytes = SmallModels.Bytes(model);
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(bytes));
        Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(loaded));
        Assert.Equal(model.Layers.OfType<IRewirable>().Select(l => l.Mask), loaded.Layers.OfType<IRewirable>().Select(l => l.Mask));
        Assert.Equal(OptionsText.Of(model.Options), OptionsText.Of(loaded.Options));
        Assert.Equal(model.Scaler?.Scales.ToArray(), loaded.Scaler?.Scales.ToArray());
        Assert.Equal(model.HiddenSizes, loaded.HiddenSizes);
        Assert.Equal(Described(model), Described(loaded));
        Assert.Equal(bytes, SmallModels.Bytes(loaded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loaded_model_trains_on_like_the_saved_one_whose_optimizer_forgets(string name)
    {
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(SmallModels.All[name]())));
        SparseMlp again = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(loaded)));
        var options = new FitOptions { Epochs = 2, BatchSize = 16, WarmStart = true };
        Dataset data = SmallModels.Data(loaded.Options.Task, loaded.OutputSize);
        float[] before = SmallModels.Predictions(loaded);
        loaded.Fit(data, options);
        again.Fit(data, options with { MaxDegreeOfParallelism = 3 });
        Assert.Equal(SmallModels.Predictions(loaded), SmallModels.Predictions(again));
        Assert.NotEqual(before, SmallModels.Predictions(loaded));
    }

    [Fact]
    public async Task A_file_with_bytes_behind_the_model_is_refused_whichever_way_it_is_loaded()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("sparse-").FullName, "longer.sparse");
        File.WriteAllBytes(path, [.. SmallModels.Bytes(SmallModels.All["linear"]()), 1, 2, 3]);
        Assert.Contains("3 bytes", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(path));
        await Assert.ThrowsAsync<InvalidDataException>(() => SparseMlp.LoadAsync(path, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Any_network_comes_back_with_the_same_bits()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 30].Array[0, 3], Gen.Int[2, 9], Gen.Double[0.05, 30], Gen.Int[0, 3], Gen.ULong).Sample(
            (inputs, hidden, outputs, epsilon, kind, seed) =>
            {
                var options = new SparseMlpOptions
                {
                    Epsilon = epsilon,
                    Layers = (LayerKind)kind,
                    OutputLayer = (OutputLayerKind)(seed % 3),
                    HiddenActivation = seed % 2 == 0 ? KnownActivations.SRelu() : KnownActivations.AllRelu(),
                    FeatureScaling = (FeatureScaling)(seed % 3),
                    Seed = seed,
                };
                var model = new SparseMlp(inputs, hidden, outputs, options);
                model.Fit(Blobs.Data(30, inputs, outputs, seed), new FitOptions { Epochs = 1, BatchSize = 7, MaxDegreeOfParallelism = 1 });
                SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)));
                Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(loaded));
                Assert.Equal(SmallModels.Predictions(model), Predictions(model.ToPredictor()));
            },
            iter: 100,
            seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData(WeightPrecision.Float16, 0.0005)]
    [InlineData(WeightPrecision.BFloat16, 0.004)]
    public void Half_precision_rounds_each_weight_and_nothing_else(WeightPrecision precision, double relative)
    {
        SparseMlp model = SmallModels.All["default"]();
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model, new() { Precision = precision })));
        for (int i = 0; i < model.Layers.Count; i++)
        {
            Assert.Equal(model.Layers[i].BiasValues.ToArray(), loaded.Layers[i].BiasValues.ToArray());
            for (int w = 0; w < model.Layers[i].WeightValues.Length; w++)
            {
                float weight = model.Layers[i].WeightValues[w];
                Assert.InRange(loaded.Layers[i].WeightValues[w], weight - (relative * Math.Abs(weight)), weight + (relative * Math.Abs(weight)));
            }
        }

        byte[] once = SmallModels.Bytes(loaded, new() { Precision = precision });
        Assert.Equal(once, SmallModels.Bytes(SparseMlp.Load(new MemoryStream(once)), new() { Precision = precision }));
    }

    [Fact]
    public void BFloat16_rounds_to_nearest_even()
    {
        var model = new SparseMlp(1, [], 3, new SparseMlpOptions { Layers = LayerKind.Dense });
        float[] weights = [1f + (1f / 256), 1f + (3f / 256), -1f - (1.5f / 256)];
        weights.CopyTo(model.Layers[0].WeightValues);
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model, new() { Precision = WeightPrecision.BFloat16 })));
        Assert.Equal([1f, 1f + (4f / 256), -1f - (2f / 256)], loaded.Layers[0].WeightValues.ToArray());
    }

    [Theory]
    [InlineData(WeightPrecision.Float16, 65520f, "BFloat16")]
    [InlineData(WeightPrecision.BFloat16, 3.4e38f, "Float32")]
    public void A_weight_that_does_not_fit_is_an_error_that_names_a_precision_that_does(WeightPrecision precision, float weight, string hint)
    {
        SparseMlp model = SmallModels.All["default"]();
        model.Layers[0].WeightValues[3] = weight;
        var error = Assert.Throws<InvalidOperationException>(() => SmallModels.Bytes(model, new() { Precision = precision }));
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverged_model_is_not_saved()
    {
        SparseMlp model = SmallModels.All["default"]();
        model.Layers[1].BiasValues[0] = float.NaN;
        Assert.Contains("Layer 2", Assert.Throws<InvalidOperationException>(() => SmallModels.Bytes(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_names_come_back_and_must_fit()
    {
        SparseMlp model = SmallModels.All["default"]();
        model.ClassNames = ["Hose", "Ärmel", "", "靴"];
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)));
        Assert.Equal(model.ClassNames, loaded.ClassNames);
        Assert.Equal(model.ClassNames, loaded.ToPredictor().ClassNames);
        Assert.Throws<ArgumentException>(() => model.ClassNames = ["one"]);
        Assert.Throws<ArgumentException>(() => SmallModels.All["regression"]().ClassNames = ["a", "b"]);
    }

    [Fact]
    public void An_unfitted_model_comes_back_unfitted()
    {
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(new SparseMlp(4, [3], 2))));
        Assert.False(loaded.IsFitted);
        Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(new MemoryStream(SmallModels.Bytes(loaded))));
    }

    [Fact]
    public async Task Streams_may_be_slow_unseekable_and_asynchronous()
    {
        SparseMlp model = SmallModels.All["srelu"]();
        using var memory = new MemoryStream();
        await model.SaveAsync(new ForwardOnlyStream(memory, 1, onlyAsync: true));
        Assert.Equal(SmallModels.Bytes(model), memory.ToArray());
        memory.WriteByte(77);
        foreach (int most in new[] { 1, 5, 1000 })
        {
            memory.Position = 0;
            SparseMlp loaded = await SparseMlp.LoadAsync(new ForwardOnlyStream(memory, most, onlyAsync: true));
            Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(loaded));
            Assert.Equal(77, memory.ReadByte());
            memory.Position = 0;
            Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(SparseMlp.Load(new ForwardOnlyStream(memory, most))));
        }
    }

    [Fact]
    public void Arrays_longer_than_a_block_come_back()
    {
        // 1,100,000 weights of one layer, and as many inputs: two blocks of counts, gaps and values.
        var model = new SparseMlp(1_100_000, [], 2, new SparseMlpOptions { OutputLayer = OutputLayerKind.Sparse, Epsilon = 1 });
        Assert.True(model.LinkCount > SectionFormat.BlockLength);
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)));
        Assert.Equal(((IRewirable)model.Layers[0]).Mask, ((IRewirable)loaded.Layers[0]).Mask);
        Assert.True(model.Layers[0].WeightValues.SequenceEqual(loaded.Layers[0].WeightValues));
    }

    private static float[] Predictions(SparseMlpPredictor predictor)
    {
        var outputs = new float[9 * predictor.OutputSize];
        predictor.Predict(SmallModels.Samples(9, predictor.InputSize), outputs);
        return outputs;
    }

    /// <summary>The summary without the bytes of training state, which a loaded model has yet to make.</summary>
    private static IEnumerable<LayerSummary> Described(SparseMlp model) =>
        model.Summary().Layers.Select(layer => layer with { TrainingStateBytes = 0 }).Append(new LayerSummary(model.Summary().Title, 0, 0, "", 0, 0, 0, 0, ""));
}
