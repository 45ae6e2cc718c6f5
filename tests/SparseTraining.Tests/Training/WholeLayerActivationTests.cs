using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Training;

/// <summary>Hidden activations that take all neurons of a layer at once, while the backward pass goes through a layer piece by piece.</summary>
public class WholeLayerActivationTests
{
    [Theory]
    [InlineData(LayerKind.Sparse, 0, 1)]
    [InlineData(LayerKind.Sparse, 0.3, 1)]
    [InlineData(LayerKind.Sparse, 0.3, 2)]
    [InlineData(LayerKind.Sparse, 0.3, 5)]
    [InlineData(LayerKind.Dense, 0.3, 2)]
    [InlineData(LayerKind.MaskedDense, 0.3, 3)]
    public void They_get_the_whole_layer_and_their_own_outputs(LayerKind layers, double dropout, int threads)
    {
        foreach (TopologyEvolution evolution in new[] { TopologyEvolution.Set(), TopologyEvolution.RigL(everySteps: 2) })
        {
            float[] expected = Trained(new SoftSign(isElementwise: true), layers, dropout, 1, evolution);
            float[] actual = Trained(new SoftSign(isElementwise: false), layers, dropout, threads, evolution);
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Hidden_softmax_trains_to_the_same_bits_on_any_number_of_threads(double dropout)
    {
        float[] expected = Trained(KnownActivations.Softmax, LayerKind.Sparse, dropout, 1, TopologyEvolution.Set());
        foreach (int threads in new[] { 2, 3, 8 })
        {
            Assert.Equal(expected, Trained(KnownActivations.Softmax, LayerKind.Sparse, dropout, threads, TopologyEvolution.Set()));
        }
    }

    [Fact]
    public void A_step_through_hidden_softmax_goes_down_the_numeric_gradient()
    {
        // One step of rate 1 changes each weight by its gradient. Double differences of the loss are the oracle.
        const int Inputs = 3, Hidden = 300, Samples = 5;
        (float[][] x, float[][] y) = (Rows(Samples, Inputs, 0.37f), Rows(Samples, 20, 0.61f));
        var mlp = new SparseMlp(Inputs, [Hidden], 20, new SparseMlpOptions
        {
            Layers = LayerKind.Dense,
            Task = MlpTask.Regression,
            HiddenActivation = KnownActivations.Softmax,
            Optimizer = SparseTraining.Optimizers.Optimizers.Sgd(1),
        });
        foreach (ref float weight in mlp.Layers[1].WeightValues)
        {
            weight *= 30;
        }

        double[] first = [.. mlp.Layers[0].WeightValues.ToArray().Select(v => (double)v)];
        double[] second = [.. mlp.Layers[1].WeightValues.ToArray().Select(v => (double)v)];
        mlp.Fit(x, y, new FitOptions { Epochs = 1, BatchSize = Samples, WarmStart = true });
        for (int i = 0; i < first.Length; i += 7)
        {
            const double Step = 1e-5;
            double kept = first[i];
            first[i] = kept + Step;
            double above = Loss(first, second, x, y);
            first[i] = kept - Step;
            double below = Loss(first, second, x, y);
            first[i] = kept;
            double gradient = (above - below) / (2 * Step);
            Assert.Equal(gradient, kept - mlp.Layers[0].WeightValues[i], 2e-7 + Math.Abs(gradient) * 1e-3);
        }
    }

    private static double Loss(double[] first, double[] second, float[][] x, float[][] y)
    {
        int hidden = first.Length / x[0].Length;
        double loss = 0;
        for (int s = 0; s < x.Length; s++)
        {
            double[] e = [.. Enumerable.Range(0, hidden).Select(h => Math.Exp(x[s].Select((v, i) => first[h * x[s].Length + i] * v).Sum()))];
            double sum = e.Sum();
            for (int o = 0; o < y[s].Length; o++)
            {
                double error = e.Select((v, h) => second[o * hidden + h] * v / sum).Sum() - y[s][o];
                loss += error * error / y[s].Length;
            }
        }

        return loss / x.Length;
    }

    private static float[][] Rows(int rows, int columns, float step) =>
        [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c => MathF.Sin(step * (r * columns + c))).ToArray())];

    private static float[] Trained(Activation activation, LayerKind layers, double dropout, int threads, TopologyEvolution evolution)
    {
        var mlp = new SparseMlp(20, [300, 120], 4, new SparseMlpOptions
        {
            Layers = layers,
            HiddenActivation = activation,
            Dropout = dropout,
            Evolution = layers == LayerKind.Dense ? TopologyEvolution.None : evolution,
        });
        mlp.Fit(Blobs.Data(203), new FitOptions { Epochs = 2, BatchSize = 80, MaxDegreeOfParallelism = threads });
        return SparseMlpFitTests.Weights(mlp);
    }

    /// <summary>z / (1 + |z|), either from the sums alone, or as if all neurons were needed and from the outputs.</summary>
    private sealed class SoftSign(bool isElementwise) : Activation("SoftSign")
    {
        public override bool IsElementwise => isElementwise;

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            ThrowIfPart(z.Length / width);
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = Value(z[i]);
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            ThrowIfPart(z.Length / width);
            for (int i = 0; i < z.Length; i++)
            {
                float rest = 1 - MathF.Abs(isElementwise ? Value(z[i]) : a[i]);
                dz[i] = rest * rest * da[i];
            }
        }

        private static float Value(float z) => z / (1 + MathF.Abs(z));

        private void ThrowIfPart(int rows)
        {
            if (!isElementwise && rows is not (300 or 120))
            {
                throw new InvalidOperationException($"{rows} rows are no layer.");
            }
        }
    }
}
