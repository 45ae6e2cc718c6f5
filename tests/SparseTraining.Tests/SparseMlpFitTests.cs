using Microsoft.Extensions.Logging;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests;

public class SparseMlpFitTests
{
    [Fact]
    public void The_last_partial_batch_is_trained()
    {
        // With 21 samples in batches of 20 the last one is a step of its own.
        (float[][] x, int[] labels) = Blobs.Rows(21);
        var options = new FitOptions { Epochs = 1, BatchSize = 20, Shuffle = false };
        var steps = new StepCounter();
        SparseMlp mlp = Small();
        mlp.Fit(x, labels, options with { Callbacks = [steps] });
        Assert.Equal(2, steps.Steps);
        Assert.Equal(2, steps.Last.StepCount);
        float[] with = Weights(mlp);
        x[20] = [.. x[20].Select(v => v + 1)];
        mlp.Fit(x, labels, options);
        Assert.NotEqual(with, Weights(mlp));
    }

    [Fact]
    public void All_forms_of_the_same_data_train_to_the_same_bits()
    {
        (float[][] x, int[] labels) = Blobs.Rows(120);
        foreach (float[] row in x)
        {
            // Zeros, so that the sparse form has something to leave out.
            for (int f = 0; f < row.Length; f += 3)
            {
                row[f] = 0;
            }
        }

        var options = new FitOptions { Epochs = 3, BatchSize = 32 };
        float[] expected = Train(mlp => mlp.Fit(x, labels, options));
        float[] flat = [.. x.SelectMany(row => row)];
        Assert.Equal(expected, Train(mlp => mlp.Fit(new Dataset(FeatureMatrix.FromMatrix(flat, 20), Targets.FromLabels(labels)), options)));
        Assert.Equal(expected, Train(mlp => mlp.Fit([.. Enumerable.Range(0, 120).Select(i => new ReadOnlyMemory<float>(flat, i * 20, 20))], labels, options)));
        Assert.Equal(expected, Train(mlp => mlp.Fit(new Dataset(Csr(x), Targets.FromLabels(labels)), options)));
        Assert.Equal(expected, Train(mlp => mlp.Fit(Dataset.FromLabels(x, labels).Subset([.. Enumerable.Range(0, 120)]), options)));
        float[] inOrder = Train(mlp => mlp.Fit(x, labels, options with { Shuffle = false }));
        Assert.NotEqual(expected, inOrder);
        Assert.Equal(inOrder, Train(mlp => mlp.Fit(new Stream(x, labels), options)));
    }

    [Fact]
    public void A_second_fit_starts_afresh_and_a_warm_start_goes_on()
    {
        Dataset data = Blobs.Data(100);
        var options = new FitOptions { Epochs = 2, BatchSize = 20 };
        SparseMlp mlp = Small();
        mlp.Fit(data, options);
        float[] once = Weights(mlp);
        mlp.Fit(data, options);
        Assert.Equal(once, Weights(mlp));
        double before = mlp.Evaluate(data).Loss;
        mlp.Fit(data, options with { WarmStart = true });
        Assert.NotEqual(once, Weights(mlp));
        Assert.True(mlp.Evaluate(data).Loss < before);
    }

    [Fact]
    public void A_warm_start_goes_on_as_if_training_had_never_stopped()
    {
        var options = new SparseMlpOptions { Epsilon = 4, Dropout = 0.3, Optimizer = KnownOptimizers.Adam(0.01), Evolution = TopologyEvolution.None };
        var whole = new SparseMlp(20, [30], 4, options);
        whole.Fit(Blobs.Data(100), new FitOptions { Epochs = 5, BatchSize = 30 });
        var parts = new SparseMlp(20, [30], 4, options);
        parts.Fit(Blobs.Data(100), new FitOptions { Epochs = 2, BatchSize = 30 });
        parts.Fit(Blobs.Data(100), new FitOptions { Epochs = 3, BatchSize = 30, WarmStart = true });
        Assert.Equal(Weights(whole), Weights(parts));
    }

    [Fact]
    public void Samples_of_weight_zero_teach_nothing_and_class_weights_multiply()
    {
        (float[][] x, int[] labels) = Blobs.Rows(80, classes: 2);
        float[] weights = [.. labels.Select(label => label == 1 ? 0f : 2f)];
        float[] byWeight = Train(mlp => mlp.Fit(new Dataset(FeatureMatrix.FromRows(x), Targets.FromLabels(labels), weights), new FitOptions { Epochs = 2 }), 2);
        Assert.Equal(byWeight, Train(mlp => mlp.Fit(x, labels, new FitOptions { Epochs = 2, ClassWeights = [2f, 0f] }), 2));
        foreach (int i in Enumerable.Range(0, 80).Where(i => labels[i] == 1))
        {
            x[i] = [.. x[i].Select(v => -3 * v)];
        }

        Assert.Equal(byWeight, Train(mlp => mlp.Fit(new Dataset(FeatureMatrix.FromRows(x), Targets.FromLabels(labels), weights), new FitOptions { Epochs = 2 }), 2));
    }

    [Fact]
    public void Balanced_class_weights_make_up_for_class_sizes()
    {
        Dataset data = Dataset.FromLabels([[1f], [2f], [3f], [4f]], new[] { 0, 0, 0, 1 });
        Assert.Equal([4f / 9, 4f / 3, 0f], ClassWeights.Balanced(data, 3));
        Assert.Throws<ArgumentException>(() => ClassWeights.Balanced(data, 1));
    }

    [Fact]
    public void Cancelling_leaves_a_usable_model_as_of_the_last_whole_step()
    {
        using var source = new CancellationTokenSource();
        SparseMlp mlp = Small();
        var canceller = new Canceller(source, atStep: 3);
        Assert.Throws<OperationCanceledException>(() => mlp.Fit(
            Blobs.Data(200), new FitOptions { BatchSize = 20, CancellationToken = source.Token, Callbacks = [canceller] }));
        Assert.True(mlp.IsFitted);
        float[] cancelled = Weights(mlp);
        mlp.Fit(Blobs.Data(200), new FitOptions { BatchSize = 20, Epochs = 50, Callbacks = [new Stopper(atStep: 3)] });
        Assert.Equal(cancelled, Weights(mlp));
        Assert.Equal(4, mlp.Predict(new float[20]).Length);

        using var early = new CancellationTokenSource();
        early.Cancel();
        SparseMlp untouched = Small();
        Assert.Throws<OperationCanceledException>(() => untouched.Fit(Blobs.Data(50), new FitOptions { CancellationToken = early.Token }));
        Assert.False(untouched.IsFitted);
    }

    [Fact]
    public void A_failed_second_fit_keeps_the_model_that_was_there()
    {
        SparseMlp mlp = Small();
        mlp.Fit(Blobs.Data(60), new FitOptions { Epochs = 2 });
        float[] before = Weights(mlp);
        Assert.Throws<ArgumentException>(() => mlp.Fit(Blobs.Data(60, features: 7)));
        using var early = new CancellationTokenSource();
        early.Cancel();
        Assert.Throws<OperationCanceledException>(() => mlp.Fit(Blobs.Data(50), new FitOptions { CancellationToken = early.Token }));
        Assert.Equal(before, Weights(mlp));
        Assert.True(mlp.IsFitted);
    }

    [Fact]
    public void Early_stopping_ends_and_restores_the_best_epoch()
    {
        // Labels that mean nothing: validation soon gets worse.
        (float[][] x, int[] labels) = Blobs.Rows(60);
        new RandomGenerator(4).Shuffle<int>(labels);
        Dataset validation = Blobs.Data(60, seed: 9);
        var options = new FitOptions
        {
            Epochs = 300,
            BatchSize = 10,
            Validation = validation,
            EarlyStopping = new EarlyStopping { Patience = 4 },
        };
        SparseMlp mlp = Small();
        FitResult fit = mlp.Fit(x, labels, options);
        Assert.Equal(StopReason.EarlyStopping, fit.StopReason);
        Assert.True(fit.History.Count < 300);
        Assert.Equal(fit.BestEpoch + 4, fit.History.Count);
        Assert.True(fit.RestoredBestWeights);
        EvaluationResult best = fit.History[fit.BestEpoch - 1].Validation!;
        Assert.Equal(best.Loss, fit.History.Min(e => e.Validation!.Loss));
        Assert.Equal(best.Loss, mlp.Evaluate(validation).Loss);

        FitResult kept = Small().Fit(x, labels, options with { EarlyStopping = new EarlyStopping { Patience = 4, RestoreBestWeights = false } });
        Assert.False(kept.RestoredBestWeights);
        Assert.Equal(fit.BestEpoch, kept.BestEpoch);
    }

    [Fact]
    public void Callbacks_progress_and_log_see_every_epoch_and_a_callback_can_stop()
    {
        var progress = new Recorder();
        var logger = new MemoryLogger();
        SparseMlp mlp = Small();
        FitResult fit = mlp.Fit(Blobs.Data(60), new FitOptions
        {
            Epochs = 9,
            BatchSize = 20,
            Progress = progress,
            Logger = logger,
            Callbacks = [new EpochStopper(4)],
        });
        Assert.Equal(StopReason.Callback, fit.StopReason);
        Assert.Equal([1, 2, 3, 4], progress.Records.Select(record => record.Epoch));
        Assert.Equal(fit.History, progress.Records);
        Assert.Equal(6, logger.Messages.Count);
        Assert.Contains("Epoch 4/9", logger.Messages[4], StringComparison.Ordinal);
        Assert.All(fit.History, record => Assert.True(record.TrainingSeconds > 0));
        Assert.Equal(12, fit.Final.Step);
        Assert.True(fit.TrainingStateBytes > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rising_loss_undoes_the_epoch_under_the_loss_driven_rate(bool afterWarmUp)
    {
        // Far too large a step, so that some epochs make things worse.
        var options = new SparseMlpOptions
        {
            Epsilon = 4,
            Optimizer = KnownOptimizers.Sgd(12),
            LearningRateSchedule = afterWarmUp ? LearningRateSchedules.WarmUp(1, LearningRateSchedules.LossDriven()) : LearningRateSchedules.LossDriven(),
            Evolution = TopologyEvolution.None,
        };
        var mlp = new SparseMlp(20, [30], 4, options);
        var watcher = new WeightWatcher(mlp);
        FitResult fit = mlp.Fit(Blobs.Data(100), new FitOptions { Epochs = 15, BatchSize = 25, Callbacks = [watcher] });
        int undone = fit.History.ToList().FindIndex(e => e.WasUndone);
        Assert.True(undone > 0);
        Assert.Equal(watcher.AtEpochEnd[undone - 1], watcher.AtEpochEnd[undone]);
        if (undone + 1 < 15)
        {
            Assert.True(fit.History[undone + 1].LearningRate < fit.History[undone].LearningRate);
        }
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_every_step()
    {
        var recorder = new StepCounter();
        var options = new SparseMlpOptions { Epsilon = 4, Optimizer = KnownOptimizers.Sgd(0.5), LearningRateSchedule = LearningRateSchedules.Step(2, 0.1) };
        new SparseMlp(20, [30], 4, options).Fit(Blobs.Data(40), new FitOptions { Epochs = 5, BatchSize = 20, Callbacks = [recorder] });
        double[] expected = [0.5, 0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.05, 0.005, 0.005];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], recorder.Rates[i], 12);
        }
    }

    [Fact]
    public void Clipping_by_global_norm_limits_the_whole_step()
    {
        var options = new SparseMlpOptions { Epsilon = 4, Optimizer = KnownOptimizers.Sgd(1), GradientClipping = GradientClipping.ByGlobalNorm(0.01) };
        var mlp = new SparseMlp(20, [30], 4, options);
        float[] before = Weights(mlp);
        mlp.Fit(Blobs.Data(50), new FitOptions { Epochs = 1, BatchSize = 50 });
        double norm = Math.Sqrt(Weights(mlp).Zip(before, (a, b) => Math.Pow(a - b, 2)).Sum());
        Assert.InRange(norm, 0.0099, 0.0101);

        // A limit that is never reached changes nothing, to the bit.
        float[] free = Train(m => m.Fit(Blobs.Data(50), new FitOptions { Epochs = 2 }));
        var roomy = new SparseMlp(20, [30], 4, SmallOptions with { GradientClipping = GradientClipping.ByGlobalNorm(1e9) });
        roomy.Fit(Blobs.Data(50), new FitOptions { Epochs = 2 });
        Assert.Equal(free, Weights(roomy));
    }

    [Fact]
    public void Regression_fits_a_plane_and_reports_its_metrics()
    {
        var random = new RandomGenerator(2);
        float[][] x = [.. Enumerable.Range(0, 300).Select(_ => Kernels.SparseCase.Draw(random, 3))];
        float[] y = [.. x.Select(row => 3 * row[0] - 2 * row[2] + 5)];
        var mlp = new SparseMlp(3, [], 1, new SparseMlpOptions { Task = MlpTask.Regression, Optimizer = KnownOptimizers.Momentum(0.05) });
        mlp.Fit(x, y, new FitOptions { Epochs = 60, BatchSize = 30 });
        EvaluationResult result = mlp.Evaluate(new Dataset(FeatureMatrix.FromRows(x), Targets.FromValues(y)));
        Assert.InRange(result.RSquared, 0.9999, 1);
        Assert.InRange(result.RootMeanSquaredError, 0, 0.01);
        Assert.True(double.IsNaN(result.Accuracy));
        Assert.Equal(5f, mlp.Predict([0f, 0f, 0f])[0], 0.02f);
    }

    [Fact]
    public void Binary_and_multi_label_models_learn()
    {
        (float[][] x, int[] labels) = Blobs.Rows(200, classes: 2);
        var binary = new SparseMlp(20, [30], 1, SmallOptions with { Task = MlpTask.BinaryClassification });
        binary.Fit(x, labels, new FitOptions { Epochs = 10, BatchSize = 20 });
        Assert.InRange(binary.Evaluate(Dataset.FromLabels(x, labels)).Accuracy, 0.95, 1);
        Assert.Equal(labels[3], binary.PredictClass(x[3]));

        (x, labels) = Blobs.Rows(300, classes: 3);
        float[][] flags = [.. labels.Select(label => new[] { label == 0 ? 1f : 0f, label != 1 ? 1f : 0f })];
        var multi = new SparseMlp(20, [30], 2, SmallOptions with { Task = MlpTask.MultiLabelClassification });
        multi.Fit(x, flags, new FitOptions { Epochs = 15, BatchSize = 20 });
        EvaluationResult result = multi.Evaluate(new Dataset(FeatureMatrix.FromRows(x), Targets.FromRows(flags)));
        Assert.InRange(result.Accuracy, 0.95, 1);
        Assert.InRange(result.LabelAccuracy, result.Accuracy, 1);
        Assert.Equal([100, 200], result.Classes.Select(c => c.Support));
    }

    [Fact]
    public void Every_optimizer_activation_and_loss_trains_through_the_front_door()
    {
        foreach (Optimizer optimizer in new[] { KnownOptimizers.Sgd(0.2), KnownOptimizers.Nesterov(0.05), KnownOptimizers.RmsProp(0.005), KnownOptimizers.Adam(0.01), KnownOptimizers.AdamW(0.01) })
        {
            AssertLearns(SmallOptions with { Optimizer = optimizer });
        }

        foreach (var activation in new[] { KnownActivations.AllRelu(), KnownActivations.SRelu(), KnownActivations.Elu(), KnownActivations.Gelu, KnownActivations.Swish(), KnownActivations.Tanh, KnownActivations.LeakyRelu() })
        {
            AssertLearns(SmallOptions with { HiddenActivation = activation });
        }

        AssertLearns(SmallOptions with { Loss = KnownLosses.MeanSquaredError(), OutputActivation = KnownActivations.Softmax, Optimizer = KnownOptimizers.Momentum(0.2) });
        AssertLearns(SmallOptions with { Loss = KnownLosses.CategoricalCrossEntropy(0.1), Regularization = new Regularization { L2 = 1e-4, L1 = 1e-5, DecoupledDecay = 1e-4, IncludeBias = true } });
    }

    internal static readonly SparseMlpOptions SmallOptions = new() { Epsilon = 4, Optimizer = KnownOptimizers.Momentum(0.05) };

    private static SparseMlp Small(int outputs = 4) => new(20, [30], outputs, SmallOptions);

    private static void AssertLearns(SparseMlpOptions options)
    {
        var mlp = new SparseMlp(20, [30, 20], 4, options);
        mlp.Fit(Blobs.Data(200), new FitOptions { Epochs = 15, BatchSize = 20 });
        Assert.True(mlp.Evaluate(Blobs.Data(100, seed: 2)).Accuracy > 0.9, $"{options.Optimizer}, {options.HiddenActivation}, {options.Loss}");
    }

    private static float[] Train(Action<SparseMlp> fit, int outputs = 4)
    {
        SparseMlp mlp = Small(outputs);
        fit(mlp);
        return Weights(mlp);
    }

    /// <summary>Weights and biases of all layers.</summary>
    internal static float[] Weights(SparseMlp mlp) => [.. mlp.Layers.SelectMany(layer => layer.WeightValues.ToArray().Concat(layer.BiasValues.ToArray()))];

    private static FeatureMatrix Csr(float[][] x)
    {
        var pointers = new List<int> { 0 };
        var columns = new List<int>();
        var values = new List<float>();
        foreach (float[] row in x)
        {
            for (int f = 0; f < row.Length; f++)
            {
                if (row[f] != 0)
                {
                    columns.Add(f);
                    values.Add(row[f]);
                }
            }

            pointers.Add(columns.Count);
        }

        return FeatureMatrix.FromCsr(x[0].Length, pointers.ToArray(), columns.ToArray(), values.ToArray());
    }

    /// <summary>A source that knows neither its length nor random access.</summary>
    internal sealed class Stream(float[][] x, int[] labels) : BatchSource
    {
        public override int FeatureCount => x[0].Length;

        public override TargetKind TargetKind => TargetKind.ClassLabels;

        public override int TargetCount => 1;

        public override long? SampleCount => null;

        public override BatchReader OpenPass(RandomGenerator? random) => new Reader(x, labels);

        private sealed class Reader(float[][] x, int[] labels) : BatchReader
        {
            private int _next;

            public override int Read(MiniBatch batch)
            {
                int count = 0;
                for (; count < batch.Capacity && _next < x.Length; count++, _next++)
                {
                    x[_next].CopyTo(batch.WriteFeatures(count));
                    batch.Labels[count] = batch.TargetKind == TargetKind.ClassLabels ? labels[_next] : 0;
                    batch.SampleIndices[count] = _next;
                }

                return count;
            }
        }
    }

    private sealed class StepCounter : TrainingCallback
    {
        public List<double> Rates { get; } = [];

        public int Steps => Rates.Count;

        public StepRecord Last { get; private set; }

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            Rates.Add(record.LearningRate);
            Last = record;
            return TrainingDecision.Continue;
        }
    }

    private sealed class Canceller(CancellationTokenSource source, long atStep) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            if (record.Step == atStep)
            {
                source.Cancel();
            }

            return TrainingDecision.Continue;
        }
    }

    private sealed class Stopper(long atStep) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record) =>
            record.Step == atStep ? TrainingDecision.Stop : TrainingDecision.Continue;
    }

    private sealed class EpochStopper(int atEpoch) : TrainingCallback
    {
        public override TrainingDecision OnEpochEnd(EpochRecord record) =>
            record.Epoch == atEpoch ? TrainingDecision.Stop : TrainingDecision.Continue;
    }

    private sealed class WeightWatcher(SparseMlp mlp) : TrainingCallback
    {
        public List<float[]> AtEpochEnd { get; } = [];

        public override TrainingDecision OnEpochEnd(EpochRecord record)
        {
            AtEpochEnd.Add(Weights(mlp));
            return TrainingDecision.Continue;
        }
    }

    private sealed class Recorder : IProgress<EpochRecord>
    {
        public List<EpochRecord> Records { get; } = [];

        public void Report(EpochRecord value) => Records.Add(value);
    }

    private sealed class MemoryLogger : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
