using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Tests.Kernels;
using SparseTraining.Tests.Persistence;
using KnownActivations = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests;

/// <summary>Threads that predict together give the bits of one, whichever way they share the work.</summary>
public class ParallelPredictorTests
{
    private const int Inputs = 4500;
    private static readonly Lazy<SparseMlpPredictor> Large = new(() => Trained(new() { Density = DensityAllocation.Uniform(0.03), FeatureScaling = FeatureScaling.Standard }));

    public static TheoryData<string, int> SmallNetworks => new(
        from name in SmallModels.All.Keys
        from threads in new[] { 1, 2, 3, 8 }
        select (name, threads));

    [Theory]
    [MemberData(nameof(SmallNetworks))]
    public void Every_kind_of_model_predicts_the_bits_of_one_thread(string model, int threads)
    {
        SparseMlpPredictor predictor = SmallModels.All[model]().ToPredictor();
        using ParallelPredictor parallel = predictor.InParallel(threads);
        AssertSameBits(predictor, parallel, SmallModels.Samples(300), [300, 130, 1, 2, 17]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(24)]
    public void Layers_that_are_shared_row_by_row_have_the_bits_of_one_thread(int threads)
    {
        using ParallelPredictor parallel = Large.Value.InParallel(threads);
        AssertSameBits(Large.Value, parallel, Samples(140), [1, 3, 16, 17, 33, 64, 65, 80, 100, 140, 1]);
    }

    [Fact]
    public void Softmax_and_dense_layers_shared_row_by_row_have_the_bits_of_one_thread()
    {
        SparseMlpPredictor predictor = Trained(new() { Layers = LayerKind.Dense, HiddenActivation = KnownActivations.SRelu() }, [90, 200]);
        using ParallelPredictor parallel = predictor.InParallel(4);
        AssertSameBits(predictor, parallel, Samples(20), [1, 20, 5]);
    }

    [Fact]
    public void Callers_take_turns()
    {
        using ParallelPredictor parallel = Large.Value.InParallel(2);
        float[] samples = Samples(6);
        float[][] expected = [.. Enumerable.Range(0, 6).Select(s => Large.Value.Predict(samples.AsSpan(s * Inputs, Inputs)))];
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
            Assert.Equal(expected[i % 6], parallel.Predict(samples.AsSpan(i % 6 * Inputs, Inputs))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Predicting_into_the_callers_memory_allocates_nothing(int samples)
    {
        using ParallelPredictor parallel = Large.Value.InParallel(2);
        float[] features = Samples(samples);
        var outputs = new float[samples * Large.Value.OutputSize];
        parallel.Predict(features, outputs);
        long bytes = AllocatedBytes.By(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                parallel.Predict(features, outputs);
            }
        });
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void What_fails_reaches_the_caller_and_the_next_prediction_is_right(int samples)
    {
        var activation = new SometimesFailingActivation();
        SparseMlpPredictor predictor = Trained(new() { Density = DensityAllocation.Uniform(0.03), HiddenActivation = activation });
        using ParallelPredictor parallel = predictor.InParallel(2);
        float[] features = Samples(samples);
        activation.Fails = true;
        Assert.Throws<NotSupportedException>(() => parallel.Predict(features, new float[samples * predictor.OutputSize]));
        activation.Fails = false;
        AssertSameBits(predictor, parallel, features, [samples]);
    }

    [Fact]
    public void After_its_end_it_predicts_no_more()
    {
        ParallelPredictor parallel = Large.Value.InParallel(2);
        parallel.Dispose();
        parallel.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parallel.Predict(Samples(1)));
        Assert.Throws<ObjectDisposedException>(() => parallel.Predict(Samples(1), new float[Large.Value.OutputSize]));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        SparseMlpPredictor predictor = Large.Value;
        Assert.Equal("maxDegreeOfParallelism", Assert.Throws<ArgumentOutOfRangeException>(() => predictor.InParallel(0)).ParamName);
        Assert.Equal("maxDegreeOfParallelism", Assert.Throws<ArgumentOutOfRangeException>(() => predictor.InParallel(-2)).ParamName);
        using ParallelPredictor parallel = predictor.InParallel(2);
        Assert.Same(predictor, parallel.Predictor);
        Assert.Equal(2, parallel.Threads);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => parallel.Predict(new float[5])).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => parallel.Predict(new float[Inputs + 1], new float[predictor.OutputSize])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => parallel.Predict(new float[Inputs], new float[1])).ParamName);
        float[] sample = Samples(1);
        sample[7] = float.NaN;
        Assert.Contains("feature 7", Assert.Throws<ArgumentException>(() => parallel.Predict(sample)).Message, StringComparison.Ordinal);
    }

    private sealed class SometimesFailingActivation() : Activation("sometimes failing")
    {
        private readonly Activation _inner = KnownActivations.Relu;

        public volatile bool Fails;

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            if (Fails)
            {
                throw new NotSupportedException();
            }

            _inner.Forward(z, a, width, parameters);
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters) =>
            _inner.Backward(z, a, da, dz, width, parameters);
    }

    private static void AssertSameBits(SparseMlpPredictor predictor, ParallelPredictor parallel, float[] samples, int[] counts)
    {
        foreach (int count in counts)
        {
            ReadOnlySpan<float> features = samples.AsSpan(0, count * predictor.InputSize);
            var expected = new float[count * predictor.OutputSize];
            var outputs = new float[expected.Length];
            predictor.Predict(features, expected);
            parallel.Predict(features, outputs);
            Floats.AssertSameBits(expected, outputs);
        }
    }

    private static SparseMlpPredictor Trained(SparseMlpOptions options, int[]? hidden = null)
    {
        var mlp = new SparseMlp(Inputs, hidden ?? [700, 500, 300], 40, options);
        float[] features = Samples(40);
        mlp.Fit(
            Dataset.FromLabels([.. Enumerable.Range(0, 40).Select(s => features[(s * Inputs)..((s + 1) * Inputs)])], Enumerable.Range(0, 40).ToArray()),
            new FitOptions { Epochs = 1, BatchSize = 20 });
        return mlp.ToPredictor();
    }

    private static float[] Samples(int count)
    {
        var random = new RandomGenerator(3);
        var features = new float[count * Inputs];
        foreach (ref float value in features.AsSpan())
        {
            value = random.NextSingle() - 0.5f;
        }

        return features;
    }
}
