using SparseTraining.Benchmarks.Comparison.Mkl;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Layers;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>A peer that computes something else would be no comparison: small networks must agree with this library's.</summary>
internal static unsafe class Check
{
    private const int Inputs = 37;
    private const int Classes = 5;
    private const int Samples = 19;
    private const double LearningRate = 0.5;
    private static readonly int[] Hidden = [70, 45];

    /// <summary>Sums in single precision in another order, over a few steps.</summary>
    private const float Tolerance = 2e-5f;

    /// <summary>Trains a few steps and compares all weights, biases and probabilities.</summary>
    public static void DenseNetwork(int threads)
    {
        SparseMlp own = Own(LayerKind.Dense);
        using var peer = new DenseNetwork(
            [.. own.Layers.Select(layer => new DenseWeights(layer.InputSize, layer.OutputSize, threads, layer.WeightValues, layer.BiasValues))],
            Samples,
            dropout: 0,
            threads);
        using var features = new NativeFloats(Workloads.Numbers(Samples * Inputs, 0f));
        int[] labels = [.. Enumerable.Range(0, Samples).Select(sample => sample % Classes)];
        const int Steps = 3;
        own.Fit(
            new Dataset(FeatureMatrix.FromMatrix(features.Span.ToArray(), Inputs), Targets.FromLabels(labels)),
            new FitOptions { Epochs = Steps, BatchSize = Samples, Shuffle = false });
        for (int step = 0; step < Steps; step++)
        {
            peer.Train(features.Pointer, labels, (float)LearningRate);
        }

        for (int i = 0; i < own.Layers.Count; i++)
        {
            ThrowIfApart(own.Layers[i].WeightValues, peer.Layers[i].Values.Span, $"weights of dense layer {i}");
            ThrowIfApart(own.Layers[i].BiasValues, peer.Layers[i].Biases.Span, $"biases of dense layer {i}");
        }

        peer.Predict(features.Pointer, Samples);
        ThrowIfApart(Predict(own, features, Samples), peer.Probabilities(Samples), "dense predictions");
        peer.Predict(features.Pointer, 1);
        ThrowIfApart(Predict(own, features, 1), peer.Probabilities(1), "the dense prediction of one sample");
    }

    /// <summary>Compares probabilities, and the gradient that reaches the first hidden layer.</summary>
    public static void SparseNetwork(int threads)
    {
        SparseMlp own = Own(LayerKind.Sparse);
        own.Fit(
            new Dataset(FeatureMatrix.FromMatrix(Workloads.Numbers(Inputs, 0f), Inputs), Targets.FromLabels(new int[1])), new FitOptions { Epochs = 1 });
        using var peer = new SparseNetwork(own.Layers, Samples, dropout: 0, threads);
        using var features = new NativeFloats(Workloads.Numbers(Samples * Inputs, 0f));
        peer.Predict(features.Pointer, 1);
        ThrowIfApart(Predict(own, features, 1), peer.Probabilities(1), "the sparse prediction of one sample");
        peer.Predict(features.Pointer, Samples);
        float[] expected = Predict(own, features, Samples);
        ThrowIfApart(Transposed(expected, Samples, Classes), peer.Probabilities(Samples), "sparse predictions");

        int[] labels = [.. Enumerable.Range(0, Samples).Select(sample => sample % Classes)];
        peer.ForwardAndInputGradient(features.Pointer, labels);
        ThrowIfApart(FirstGradient(own, features.Span, expected, labels), peer.FirstHiddenGradient(Samples), "sparse input gradients");
    }

    private static SparseMlp Own(LayerKind layers) => new(Inputs, Hidden, Classes, new SparseMlpOptions
    {
        Layers = layers,
        Epsilon = 6,
        Dropout = 0,
        Optimizer = Optimizers.Optimizers.Momentum(LearningRate),
        Evolution = TopologyEvolution.None,
        Seed = 4,
    });

    private static float[] Predict(SparseMlp mlp, NativeFloats features, int samples)
    {
        var outputs = new float[samples * Classes];
        mlp.Predict(features.Span[..(samples * Inputs)], outputs);
        return outputs;
    }

    /// <summary>The same gradient through the layers of this library, [features, samples].</summary>
    private static float[] FirstGradient(SparseMlp own, ReadOnlySpan<float> features, float[] probabilities, int[] labels)
    {
        float[] gradient = Transposed(probabilities, Samples, Classes);
        for (int sample = 0; sample < Samples; sample++)
        {
            gradient[labels[sample] * Samples + sample] -= 1f;
        }

        var outputs = new List<float[]>();
        float[] input = Transposed(features, Samples, Inputs);
        foreach (LinearLayer layer in own.Layers.SkipLast(1))
        {
            var output = new float[layer.OutputSize * Samples];
            layer.Forward(input, output, Samples);
            outputs.Add(output);
            input = [.. output.Select(value => MathF.Max(value, 0f))];
        }

        for (int i = own.Layers.Count - 1; i > 0; i--)
        {
            var inputGradient = new float[own.Layers[i].InputSize * Samples];
            own.Layers[i].Backward(gradient, inputGradient, Samples);
            gradient = [.. inputGradient.Zip(outputs[i - 1], (slope, output) => output > 0f ? slope : 0f)];
        }

        return gradient;
    }

    private static float[] Transposed(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        var transposed = new float[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            transposed[i % columns * rows + i / columns] = matrix[i];
        }

        return transposed;
    }

    private static void ThrowIfApart(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException($"Check of {what}: {actual.Length} values instead of {expected.Length}.");
        }

        for (int i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails too.
            if (!(MathF.Abs(expected[i] - actual[i]) <= Tolerance * MathF.Max(1f, MathF.Abs(expected[i]))))
            {
                throw new InvalidOperationException(
                    FormattableString.Invariant($"Check of {what}: value {i} is {actual[i]} where this library has {expected[i]}."));
            }
        }
    }
}
