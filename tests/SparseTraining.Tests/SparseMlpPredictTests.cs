using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests;

public class SparseMlpPredictTests
{
    [Fact]
    public void One_sample_many_rows_and_a_data_set_give_the_same_bits()
    {
        (SparseMlp mlp, float[][] x, int[] labels) = Trained();
        float[] flat = [.. x.SelectMany(row => row)];
        var all = new float[x.Length * 4];
        mlp.Predict(flat, all);
        float[][] fromData = mlp.Predict(Dataset.FromLabels(x, labels), maxDegreeOfParallelism: 3);
        int[] classes = mlp.PredictClasses(new Dataset(FeatureMatrix.FromRows(x)));
        for (int i = 0; i < x.Length; i++)
        {
            float[] single = mlp.Predict(x[i]);
            Assert.Equal(single, all.AsSpan(i * 4, 4).ToArray());
            Assert.Equal(single, fromData[i]);
            Assert.Equal(1f, single.Sum(), 1e-5f);
            Assert.Equal(Array.IndexOf(single, single.Max()), classes[i]);
            Assert.Equal(classes[i], mlp.PredictClass(x[i]));
        }
    }

    [Fact]
    public void Predictions_may_not_overwrite_the_features_that_they_are_made_of()
    {
        (SparseMlp mlp, _, _) = Trained();
        var memory = new float[200 * 20];
        Assert.Throws<ArgumentException>("destination", () => mlp.Predict(memory, memory.AsSpan(3, 200 * 4)));
        Assert.Throws<ArgumentException>("destination", () => mlp.ToPredictor().Predict(memory, memory.AsSpan(3, 200 * 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(100)]
    public void Predicting_into_the_callers_memory_allocates_nothing(int samples)
    {
        (SparseMlp mlp, float[][] x, _) = Trained();
        SparseMlpPredictor predictor = mlp.ToPredictor();
        float[] rows = [.. x.Take(samples).SelectMany(row => row)];
        var outputs = new float[samples * 4];
        Predict();
        long bytes = AllocatedBytes.By(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Predict();
            }
        });
        Assert.Equal(0, bytes);

        void Predict()
        {
            mlp.Predict(rows, outputs);
            mlp.PredictClass(x[0]);
            predictor.Predict(rows, outputs);
        }
    }

    [Fact]
    public void Many_threads_predict_on_one_model_at_once()
    {
        (SparseMlp mlp, float[][] x, _) = Trained();
        float[][] expected = [.. x.Select(row => mlp.Predict(row))];
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % x.Length], mlp.Predict(x[i % x.Length])));
    }

    [Fact]
    public void Scaling_is_fitted_in_training_and_applied_in_prediction()
    {
        (float[][] x, int[] labels) = Blobs.Rows(200);
        float[][] shifted = [.. x.Select(row => row.Select((v, f) => v * (1 + f * 50) + f * 100).ToArray())];
        foreach (FeatureScaling scaling in new[] { FeatureScaling.Standard, FeatureScaling.MinMax })
        {
            var mlp = new SparseMlp(20, [30], 4, SparseMlpFitTests.SmallOptions with { FeatureScaling = scaling });
            mlp.Fit(shifted, labels, new FitOptions { Epochs = 15, BatchSize = 20 });
            Assert.NotNull(mlp.Scaler);
            Assert.InRange(mlp.Evaluate(Dataset.FromLabels(shifted, labels)).Accuracy, 0.95, 1);
            var scaled = new float[20];
            mlp.Scaler.Transform(shifted[7], scaled);
            float[] expected = mlp.Predict(shifted[7]);
            Assert.All(scaled, v => Assert.InRange(v, -10, 10));
            Assert.Equal(labels[7], Array.IndexOf(expected, expected.Max()));
        }
    }

    [Fact]
    public void Metrics_agree_with_counting_by_hand()
    {
        (SparseMlp mlp, float[][] x, int[] labels) = Trained(epochs: 1);
        EvaluationResult result = mlp.Evaluate(Dataset.FromLabels(x, labels), maxDegreeOfParallelism: 2);
        float[][] p = [.. x.Select(row => mlp.Predict(row))];
        int[] predicted = [.. p.Select(row => Array.IndexOf(row, row.Max()))];
        int n = x.Length;
        Assert.Equal(n, result.SampleCount);
        Assert.Equal(Enumerable.Range(0, n).Count(i => predicted[i] == labels[i]) / (double)n, result.Accuracy, 12);
        Assert.Equal(Enumerable.Range(0, n).Average(i => -Math.Log(p[i][labels[i]])), result.LogLoss, 6);
        Assert.Equal(result.LogLoss, result.Loss, 5);
        Assert.Equal(
            Enumerable.Range(0, n).Count(i => p[i].Count(v => v > p[i][labels[i]]) < 2) / (double)n, result.TopKAccuracy(2), 12);
        Assert.Equal(result.Accuracy, result.TopKAccuracy(1), 12);
        Assert.Equal(1.0, result.TopKAccuracy(4));
        for (int a = 0; a < 4; a++)
        {
            for (int b = 0; b < 4; b++)
            {
                Assert.Equal(Enumerable.Range(0, n).Count(i => labels[i] == a && predicted[i] == b), result.ConfusionMatrix[a][b]);
            }

            int right = Enumerable.Range(0, n).Count(i => labels[i] == a && predicted[i] == a);
            int asked = predicted.Count(c => c == a);
            int there = labels.Count(c => c == a);
            Assert.Equal(asked == 0 ? 0 : right / (double)asked, result.Classes[a].Precision, 12);
            Assert.Equal(right / (double)there, result.Classes[a].Recall, 12);
            Assert.Equal(asked + there == 0 ? 0 : 2.0 * right / (asked + there), result.Classes[a].F1, 12);
            Assert.Equal(there, result.Classes[a].Support);
        }

        Assert.Equal(result.Classes.Average(c => c.F1), result.MacroF1, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => result.TopKAccuracy(5));
    }

    [Fact]
    public void Regression_metrics_agree_with_their_formulas()
    {
        var accumulator = new MetricAccumulator(MlpTask.Regression, 2);
        float[][] targets = [[1e6f + 1, 5], [1e6f + 2, 5], [1e6f + 4, 5]];
        float[][] outputs = [[1e6f, 5], [1e6f + 2, 5], [1e6f + 6, 5]];
        for (int i = 0; i < 3; i++)
        {
            accumulator.Add(outputs[i], targets[i], 1, 0, loss: i);
        }

        EvaluationResult result = accumulator.Result();
        Assert.Equal(5.0 / 6, result.MeanSquaredError, 9);
        Assert.Equal(3.0 / 6, result.MeanAbsoluteError, 9);
        Assert.Equal(Math.Sqrt(5.0 / 6), result.RootMeanSquaredError, 9);

        // First output: 1 − 5 / (14/3); second: targets do not vary and are met exactly.
        Assert.Equal((1 - 5 / (14.0 / 3) + 1) / 2, result.RSquared, 9);
        Assert.Equal(1.0, result.Loss);
        Assert.Throws<InvalidOperationException>(() => result.TopKAccuracy(1));
        Assert.Contains("RMSE", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_lists_layers_links_density_and_compression()
    {
        var mlp = new SparseMlp(784, [1000, 1000, 1000], 10);
        ModelSummary summary = mlp.Summary();
        Assert.Equal([35_680, 40_000, 40_000, 10_000], summary.Layers.Select(layer => layer.LinkCount));
        Assert.Equal(128_690, summary.ParameterCount);
        Assert.Equal(2_797_010, summary.DenseParameterCount);
        Assert.Equal(summary.ParameterCount, mlp.ParameterCount);
        Assert.Equal(21.73, summary.Compression, 2);
        string text = summary.ToString();
        foreach (string part in new[] { "hidden 2 (sparse)", "1000 → 1000", "40,000", "4.00 %", "21.7× fewer", "128,690 of 2,797,010" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_link_takes_16_bytes_of_training_state_with_momentum()
    {
        var mlp = new SparseMlp(1000, [1000], 10);
        LayerSummary layer = mlp.Summary().Layers[0];
        Assert.Equal(40_000, layer.LinkCount);

        // Weight, velocity, column, row and number of the link; bias and its velocity; where rows and columns start.
        const long Links = 40_000 * (4 + 4 + 2 + 2 + 4);
        const long Neurons = 1000 * (4 + 4) + 2 * 1001 * 4;
        Assert.Equal(Links + Neurons, layer.TrainingStateBytes);
        Assert.Equal((Links + Neurons) / 40_000.0, layer.BytesPerLink);

        // Training makes room for just what the summary announced.
        (float[][] x, int[] labels) = Blobs.Rows(20, features: 1000, classes: 10);
        FitResult fit = mlp.Fit(x, labels, new FitOptions { Epochs = 1, BatchSize = 20, MaxDegreeOfParallelism = 1 });
        Assert.Equal(layer.TrainingStateBytes, mlp.Layers[0].TrainingStateBytes);
        Assert.Equal(layer, mlp.Summary().Layers[0]);

        // Beside it: one tile of 32 with input, the hidden layer's outputs, which its gradients take the place of, the last layer's logits,
        // outputs and gradients, and targets, each block padded to begin at a cache line; losses, weights and fill of the tile; 256
        // neurons' gradients on their way; scratch and the largest layer's gradients.
        const long Tile = 32 * 4;
        const long Blocks = Tile * (1000 + 1000 + 3 * 10 + 10 + 256) + 7 * 64;
        const long Samples = 32 * (4 + 8) + 4;
        const long Gradients = 4 * (40_000 + 1000);
        long scratch = 4L * mlp.Layers.Max(linear => linear.ScratchLength);
        Assert.Equal(mlp.Summary().TrainingStateBytes + Blocks + Samples + Gradients + scratch, fit.TrainingStateBytes);
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 100)]
    [InlineData(3, 100)]
    [InlineData(2, 7)]
    public void A_summary_for_a_run_announces_the_bytes_that_it_takes(int threads, int batchSize)
    {
        (float[][] x, int[] labels) = Blobs.Rows(120);
        Activation[] activations = [KnownActivations.Relu, KnownActivations.Gelu, KnownActivations.SRelu(), KnownActivations.Softmax];
        TopologyEvolution[] evolutions = [TopologyEvolution.Set(), TopologyEvolution.RigL(2), TopologyEvolution.RigL() with { Interval = EvolutionInterval.Never }];
        foreach (Activation activation in activations)
        {
            foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByGlobalNorm(1) })
            {
                foreach ((LayerKind layers, TopologyEvolution evolution) in evolutions.Select(e => (LayerKind.Sparse, e)).Append((LayerKind.Dense, evolutions[1])))
                {
                    var options = new SparseMlpOptions { Layers = layers, Epsilon = 3, HiddenActivation = activation, GradientClipping = clipping, Evolution = evolution };
                    var mlp = new SparseMlp(x[0].Length, [40, 30], 4, options);
                    var run = new FitOptions { Epochs = 2, BatchSize = batchSize, MaxDegreeOfParallelism = threads };
                    ModelSummary summary = mlp.Summary(run);
                    Assert.Equal(mlp.Fit(x, labels, run).TrainingStateBytes, summary.TrainingStateBytes + summary.WorkspaceBytes);
                    Assert.Contains($"Workspace of batches of {batchSize} on {threads} threads", summary.ToString(), StringComparison.Ordinal);
                }
            }
        }

        var plain = new SparseMlp(4, [5], 2);
        Assert.Null(plain.Summary().WorkspaceBytes);
        Assert.Throws<ArgumentNullException>(() => plain.Summary(null!));
    }

    internal static (SparseMlp Mlp, float[][] X, int[] Labels) Trained(int epochs = 8)
    {
        (float[][] x, int[] labels) = Blobs.Rows(301, spread: 1.2f);
        var mlp = new SparseMlp(20, [30, 30], 4, SparseMlpFitTests.SmallOptions);
        mlp.Fit(x, labels, new FitOptions { Epochs = epochs, BatchSize = 40 });
        return (mlp, x, labels);
    }
}
