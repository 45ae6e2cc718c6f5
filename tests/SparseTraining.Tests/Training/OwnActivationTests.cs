using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Losses;
using SparseTraining.Optimizers;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;

namespace SparseTraining.Tests.Training;

/// <summary>What activations and losses of a user's own are given, however a step goes through the network.</summary>
public class OwnActivationTests
{
    public static TheoryData<int, int> Ways => new() { { 80, 1 }, { 80, 2 }, { 80, 3 }, { 203, 1 }, { 203, 2 }, { 20, 1 }, { 20, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Trained_parameters_get_the_sums_and_not_what_has_taken_their_place(int batchSize, int threads)
    {
        float[] expected = Trained(new ScaledRelu(preservesSign: false), batchSize, threads: 1);
        Assert.Equal(expected, Trained(new ScaledRelu(preservesSign: true), batchSize, threads));
        Assert.Equal(expected, Trained(new ScaledRelu(preservesSign: false), batchSize, threads));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Trained_parameters_of_a_whole_layer_are_given_the_whole_layer(int batchSize, int threads)
    {
        // 300 neurons are more than one piece of parameters.
        float[] expected = Trained(new CenteredGain(), batchSize, threads: 1);
        Assert.Equal(expected, Trained(new CenteredGain(), batchSize, threads));
    }

    [Fact]
    public void A_loss_is_given_the_weighted_sums_of_an_output_that_keeps_their_sign()
    {
        var loss = new LossOfLogits();
        var mlp = new SparseMlp(20, [30], 3, new SparseMlpOptions
        {
            Task = MlpTask.Regression,
            OutputActivation = KnownActivations.LeakyRelu(0.1),
            Loss = loss,
        });
        (float[][] x, int[] labels) = Blobs.Rows(64);
        mlp.Fit(x, labels.Select(label => new float[] { label, -label, 1 }).ToArray(), new FitOptions { Epochs = 1, BatchSize = 64 });
        Assert.True(loss.Negative > 0);
        Assert.Equal(0, loss.Wrong);
    }

    [Fact]
    public void Decay_with_biases_leaves_parameters_of_activations_alone()
    {
        var options = new SparseMlpOptions { HiddenActivation = new ScaledRelu(preservesSign: true), Epsilon = 4, Evolution = TopologyEvolution.None };
        (float[] Parameters, float[] Biases) none = Decayed(options);
        (float[] Parameters, float[] Biases) some = Decayed(options with { Regularization = new Regularization { DecoupledDecay = 0.5, IncludeBias = true } });
        Assert.All(none.Parameters, p => Assert.Equal(1f, p));
        Assert.All(some.Parameters, p => Assert.Equal(1f, p));
        Assert.All(none.Biases, b => Assert.Equal(1f, b));
        Assert.All(some.Biases, b => Assert.True(b < 0.6f));

        // A rate of next to nothing: only decay moves anything.
        static (float[] Parameters, float[] Biases) Decayed(SparseMlpOptions options)
        {
            var activation = new ScaledRelu(preservesSign: true);
            var mlp = new SparseMlp(20, [30], 4, options with { HiddenActivation = activation, Optimizer = SparseTraining.Optimizers.Optimizers.Sgd(1e-30) });
            mlp.Layers[0].BiasValues.Fill(1f);
            mlp.Fit(Blobs.Data(40), new FitOptions { Epochs = 1, BatchSize = 40, WarmStart = true, MaxDegreeOfParallelism = 1 });
            mlp.Predict(new float[20]);
            return (activation.Last, mlp.Layers[0].BiasValues.ToArray());
        }
    }

    [Fact]
    public void A_loss_that_passes_over_the_output_activation_cannot_have_one_with_parameters()
    {
        var options = new SparseMlpOptions { Task = MlpTask.Regression, OutputActivation = KnownActivations.SRelu(), Loss = new LossOfLogits(skipsActivation: true) };
        Assert.Contains("never be trained", Assert.Throws<ArgumentException>(() => new SparseMlp(3, [5], 2, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_an_activation_that_is_no_number_after_the_last_step_is_told()
    {
        var mlp = new SparseMlp(20, [30], 4, new SparseMlpOptions { HiddenActivation = new ScaledRelu(preservesSign: false, gradient: float.NaN), Epsilon = 4 });
        var failure = Assert.Throws<TrainingDivergedException>(() => mlp.Fit(Blobs.Data(20), new FitOptions { Epochs = 1, BatchSize = 20 }));
        Assert.Equal(1, failure.Layer);
    }

    private static float[] Trained(Activation activation, int batchSize, int threads)
    {
        var mlp = new SparseMlp(20, [300, 50], 4, new SparseMlpOptions
        {
            HiddenActivation = activation,
            Dropout = 0.2,
            Epsilon = 4,
            Optimizer = SparseTraining.Optimizers.Optimizers.Momentum(0.05),
        });
        mlp.Fit(Blobs.Data(203), new FitOptions { Epochs = 3, BatchSize = batchSize, MaxDegreeOfParallelism = threads });

        // The parameters show in what is predicted.
        return [.. mlp.Layers.SelectMany(layer => layer.WeightValues.ToArray()), .. mlp.Predict([.. Enumerable.Range(0, 20).Select(i => MathF.Sin(i))])];
    }

    /// <summary>p · max(z, 0) with p &gt; 0, whose parameter's gradient is added sample by sample.</summary>
    private sealed class ScaledRelu(bool preservesSign, float gradient = 1f) : Activation("ScaledRelu")
    {
        public float[] Last { get; private set; } = [];

        public override int ParametersPerNeuron => 1;

        public override bool PreservesSign => preservesSign;

        public override void InitializeParameters(Span<float> parameters)
        {
            base.InitializeParameters(parameters);
            parameters.Fill(1f);
        }

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            Last = parameters.ToArray();
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = z[i] > 0 ? parameters[i / width] * z[i] : 0;
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                dz[i] = z[i] > 0 ? parameters[i / width] * da[i] : 0;
            }
        }

        public override void ParameterGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> da, int width, ReadOnlySpan<float> parameters, Span<float> gradientOfParameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                gradientOfParameters[i / width] += z[i] > 0 ? gradient * z[i] * da[i] : 0;
            }
        }
    }

    /// <summary>p · (z − the mean of z over the layer's neurons).</summary>
    private sealed class CenteredGain() : Activation("CenteredGain")
    {
        public override int ParametersPerNeuron => 1;

        public override bool IsElementwise => false;

        public override void InitializeParameters(Span<float> parameters)
        {
            base.InitializeParameters(parameters);
            parameters.Fill(1f);
        }

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            ThrowIfPart(parameters);
            float[] mean = Mean(z, width, _ => 1f);
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = parameters[i / width] * (z[i] - mean[i % width]);
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            ThrowIfPart(parameters);
            float[] gains = parameters.ToArray();
            float[] mean = Mean(da, width, row => gains[row]);
            for (int i = 0; i < z.Length; i++)
            {
                dz[i] = (gains[i / width] * da[i]) - mean[i % width];
            }
        }

        public override void ParameterGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> da, int width, ReadOnlySpan<float> parameters, Span<float> gradient)
        {
            ThrowIfPart(parameters);
            float[] mean = Mean(z, width, _ => 1f);
            for (int i = 0; i < z.Length; i++)
            {
                gradient[i / width] += da[i] * (z[i] - mean[i % width]);
            }
        }

        private static float[] Mean(ReadOnlySpan<float> rows, int width, Func<int, float> factor)
        {
            var mean = new float[width];
            for (int i = 0; i < rows.Length; i++)
            {
                mean[i % width] += factor(i / width) * rows[i] / (rows.Length / width);
            }

            return mean;
        }

        private static void ThrowIfPart(ReadOnlySpan<float> parameters)
        {
            if (parameters.Length is not (300 or 50))
            {
                throw new InvalidOperationException($"{parameters.Length} rows are no layer.");
            }
        }
    }

    /// <summary>The squared error, which looks whether the logits are what the outputs were made of.</summary>
    private sealed class LossOfLogits(bool skipsActivation = false) : Loss("OfLogits")
    {
        private int _wrong;
        private int _negative;

        public int Wrong => _wrong;

        public int Negative => _negative;

        public override bool GradientIsWithRespectToLogits => skipsActivation;

        public override void Evaluate(
            ReadOnlySpan<float> logits,
            ReadOnlySpan<float> outputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<float> weights,
            int width,
            Span<float> gradient,
            Span<double> sampleLosses)
        {
            for (int i = 0; i < logits.Length; i++)
            {
                Interlocked.Add(ref _negative, logits[i] < 0 ? 1 : 0);
                Interlocked.Add(ref _wrong, outputs[i] == (logits[i] > 0 ? logits[i] : logits[i] * 0.1f) ? 0 : 1);
            }

            KnownLosses.MeanSquaredError().Evaluate(logits, outputs, targets, weights, width, gradient, sampleLosses);
        }
    }
}
