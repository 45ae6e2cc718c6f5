using SparseTraining.Data;
using SparseTraining.Training;

namespace SparseTraining.Onnx.Tests;

/// <summary>Small trained networks, and samples to ask them for.</summary>
internal static class Models
{
    public const int Inputs = 12;

    /// <summary>Trains for one epoch on random data, so that weights, biases and activation parameters are all other than at first.</summary>
    public static SparseMlp Trained(int[] hidden, int outputs, SparseMlpOptions options, int seed = 1)
    {
        options = options with { Seed = (ulong)seed, Optimizer = Optimizers.Optimizers.Momentum(0.05) };
        var model = new SparseMlp(Inputs, hidden, outputs, options);
        IReadOnlyList<float[]> samples = Samples(200, seed);
        var random = new Random(seed);
        FeatureMatrix features = FeatureMatrix.FromRows(samples);
        Targets targets = options.Task switch
        {
            MlpTask.MulticlassClassification => Targets.FromLabels(samples.Select(_ => random.Next(outputs)).ToArray()),
            MlpTask.BinaryClassification => Targets.FromLabels(samples.Select(sample => sample[0] > sample[1] ? 1 : 0).ToArray()),
            MlpTask.MultiLabelClassification => Targets.FromValues(Enumerable.Range(0, 200 * outputs).Select(_ => (float)random.Next(2)).ToArray(), outputs),
            _ => Targets.FromValues(samples.SelectMany(sample => sample.Take(outputs)).ToArray(), outputs),
        };
        model.Fit(new Dataset(features, targets), new FitOptions { Epochs = 1, BatchSize = 10 });
        return model;
    }

    /// <summary>Random samples in [−3, 3).</summary>
    public static IReadOnlyList<float[]> Samples(int count, int seed = 9)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Inputs).Select(_ => (random.NextSingle() - 0.5f) * 6).ToArray())];
    }

    /// <summary>The model's own predictions, one sample after another.</summary>
    public static float[] Predict(SparseMlp model, IReadOnlyList<float[]> samples) => [.. samples.SelectMany(sample => model.Predict(sample))];

    public static void AssertClose(float[] expected, float[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Zip(actual, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.True(largest <= tolerance, $"The largest difference is {largest}.");
    }
}
