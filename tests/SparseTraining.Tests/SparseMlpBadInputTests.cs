using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests;

/// <summary>Bad input gets an exception that names what is wrong, and changes nothing.</summary>
public class SparseMlpBadInputTests
{
    [Fact]
    public void Sizes_of_the_network_are_checked()
    {
        Contains("at least 1 input", Throws<ArgumentOutOfRangeException>(() => new SparseMlp(0, [5], 2), "inputs"));
        Contains("Hidden layer 2 needs at least 1 neuron", Throws<ArgumentOutOfRangeException>(() => new SparseMlp(3, [5, 0], 2), "hidden"));
        Contains("at least 1 output", Throws<ArgumentOutOfRangeException>(() => new SparseMlp(3, [5], 0), "outputs"));
        Contains("at least 2 outputs", Throws<ArgumentOutOfRangeException>(() => new SparseMlp(3, [5], 1), "outputs"));
        Contains("exactly 1 output", Throws<ArgumentOutOfRangeException>(
            () => new SparseMlp(3, [5], 2, new SparseMlpOptions { Task = MlpTask.BinaryClassification }), "outputs"));
        Throws<ArgumentException>(() => new SparseMlp(3, [5], 2, new SparseMlpOptions { OutputActivation = KnownActivations.Tanh }), null);
        Contains("at least 2 outputs", Throws<ArgumentException>(
            () => new SparseMlp(3, [5], 1, new SparseMlpOptions { Task = MlpTask.Regression, OutputActivation = KnownActivations.Softmax }), "options"));
    }

    [Fact]
    public void Options_name_their_range()
    {
        Contains("above 0", Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Epsilon = 0 }, "Epsilon"));
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Epsilon = double.NaN }, "Epsilon");
        Contains("[0, 1)", Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Dropout = 1 }, "Dropout"));
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Dropout = -0.1 }, "Dropout");
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Dropout = 0.99999999 }, "Dropout");
        Contains("one of Sparse, Dense", Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Layers = (LayerKind)9 }, "Layers"));
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Task = (MlpTask)9 }, "Task");
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { OutputLayer = (OutputLayerKind)9 }, "OutputLayer");
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { Sampling = (ErdosRenyiSampling)9 }, "Sampling");
        Throws<ArgumentOutOfRangeException>(() => new SparseMlpOptions { FeatureScaling = (FeatureScaling)9 }, "FeatureScaling");
        Throws<ArgumentOutOfRangeException>(() => DensityAllocation.Uniform(1.5), null);
        Contains("at least 1", Throws<ArgumentOutOfRangeException>(() => new FitOptions { BatchSize = 0 }, "BatchSize"));
        Contains("at least 1", Throws<ArgumentOutOfRangeException>(() => new FitOptions { Epochs = 0 }, "Epochs"));
        Contains("at least 1, or -1", Throws<ArgumentOutOfRangeException>(() => new FitOptions { MaxDegreeOfParallelism = 0 }, "MaxDegreeOfParallelism"));
        Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { Patience = 0 }, "Patience");
        Throws<ArgumentOutOfRangeException>(() => new EarlyStopping { MinDelta = -1 }, "MinDelta");
        Throws<ArgumentOutOfRangeException>(() => ZetaSchedules.Constant(1), null);
        Throws<ArgumentNullException>(() => new SparseMlpOptions { Optimizer = null! }, "Optimizer");
        Throws<ArgumentNullException>(() => new SparseMlpOptions { Evolution = null! }, "Evolution");
        Throws<ArgumentNullException>(() => new FitOptions { Callbacks = null! }, "Callbacks");
    }

    [Fact]
    public void Data_of_another_shape_is_refused()
    {
        SparseMlp mlp = Small();
        Contains("7 features a sample; the network has 20 inputs", Throws<ArgumentException>(() => mlp.Fit(Blobs.Data(10, features: 7)), "train"));
        Contains("7 features", Throws<ArgumentException>(
            () => mlp.Fit(Blobs.Data(10), new FitOptions { Validation = Blobs.Data(10, features: 7) }), "Validation"));
        (float[][] x, int[] labels) = Blobs.Rows(10);
        Contains("trained on class labels; the data has target values", Throws<ArgumentException>(() => mlp.Fit(x, new float[10]), "train"));
        Contains("no targets", Throws<ArgumentException>(() => mlp.Fit(new Dataset(FeatureMatrix.FromRows(x))), "train"));
        var regression = new SparseMlp(20, [5], 2, new SparseMlpOptions { Task = MlpTask.Regression });
        Contains("2 target values a sample; the data has 1", Throws<ArgumentException>(() => regression.Fit(x, new float[10]), "train"));
        Contains("class labels", Throws<ArgumentException>(() => regression.Fit(x, labels), "train"));
        Contains("targets for 9 samples and features for 10", Throws<ArgumentException>(() => mlp.Fit(x, labels[..9]), "targets"));
        Contains("There are no samples", Throws<ArgumentException>(() => mlp.Fit(Array.Empty<float[]>(), Array.Empty<int>()), null));
        Contains("A callback is null", Throws<ArgumentException>(() => mlp.Fit(x, labels, new FitOptions { Callbacks = [null!] }), "Callbacks"));
        Contains("Row 1 is null", Throws<ArgumentException>(() => regression.Fit(x, [new float[2], null!]), "rows"));
        x[4] = new float[19];
        Contains("Row 4 has 19 features", Throws<ArgumentException>(() => mlp.Fit(x, labels), "rows"));
        Assert.False(mlp.IsFitted);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_named_by_sample_and_feature(float bad)
    {
        (float[][] x, int[] labels) = Blobs.Rows(30);
        SparseMlp mlp = Small();
        x[17][3] = bad;
        Contains($"Sample 17 has the value {bad} in feature 3", Throws<ArgumentException>(() => mlp.Fit(x, labels), "train"));
        Contains("Sample 17", Throws<ArgumentException>(() => mlp.Fit(new SparseMlpFitTests.Stream(x, labels), new FitOptions { BatchSize = 8 }), "train"));
        (SparseMlp fitted, _, _) = SparseMlpPredictTests.Trained(1);
        Contains("feature 3", Throws<ArgumentException>(() => fitted.Predict(x[17]), "features"));
        Contains("Sample 17", Throws<ArgumentException>(() => fitted.Evaluate(Dataset.FromLabels(x, labels)), "data"));
        var regression = new SparseMlp(20, [5], 1, new SparseMlpOptions { Task = MlpTask.Regression });
        float[] y = new float[30];
        y[2] = bad;
        Contains("Sample 2", Throws<ArgumentException>(() => regression.Fit(Blobs.Rows(30).X, y), "train"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void A_label_outside_the_classes_is_named(int label)
    {
        (float[][] x, int[] labels) = Blobs.Rows(30);
        labels[11] = label;
        SparseMlp mlp = Small();
        Contains($"Sample 11 has the label {label}; labels must lie in [0, 4)", Throws<ArgumentException>(() => mlp.Fit(x, labels), "train"));
        Contains($"Sample 11 has the label {label}", Throws<ArgumentException>(() => mlp.Fit(new SparseMlpFitTests.Stream(x, labels)), "train"));
    }

    [Fact]
    public void Flags_of_labels_must_lie_between_0_and_1()
    {
        var mlp = new SparseMlp(20, [5], 2, new SparseMlpOptions { Task = MlpTask.MultiLabelClassification });
        float[][] flags = [[0, 1], [1, 2]];
        Contains("Sample 1 has the value 2 for label 1", Throws<ArgumentException>(() => mlp.Fit(Blobs.Rows(2).X, flags), "train"));
    }

    [Fact]
    public void Weights_must_be_finite_and_not_negative()
    {
        (float[][] x, int[] labels) = Blobs.Rows(5);
        Contains("Sample 2 has weight -1", Throws<ArgumentException>(
            () => new Dataset(FeatureMatrix.FromRows(x), Targets.FromLabels(labels), new[] { 1f, 1, -1, 1, 1 }), "weights"));
        Contains("3 weights for 5 samples", Throws<ArgumentException>(
            () => new Dataset(FeatureMatrix.FromRows(x), Targets.FromLabels(labels), new float[3]), "weights"));
        SparseMlp mlp = Small();
        Contains("2 class weights for 4 classes", Throws<ArgumentException>(() => mlp.Fit(x, labels, new FitOptions { ClassWeights = [1, 1] }), "ClassWeights"));
        Contains("Class 1 has weight", Throws<ArgumentException>(() => mlp.Fit(x, labels, new FitOptions { ClassWeights = [1, float.NaN, 1, 1] }), "ClassWeights"));
        var regression = new SparseMlp(20, [5], 1, new SparseMlpOptions { Task = MlpTask.Regression });
        Contains("no classes to weigh", Throws<ArgumentException>(() => regression.Fit(x, new float[5], new FitOptions { ClassWeights = [1] }), "ClassWeights"));
    }

    [Fact]
    public void Predicting_or_evaluating_before_fit_is_refused()
    {
        SparseMlp mlp = Small();
        Contains("not fitted", Assert.Throws<InvalidOperationException>(() => mlp.Predict(new float[20])));
        Contains("not fitted", Assert.Throws<InvalidOperationException>(() => mlp.Predict(new float[20], new float[4])));
        Contains("not fitted", Assert.Throws<InvalidOperationException>(() => mlp.PredictClass(new float[20])));
        Contains("not fitted", Assert.Throws<InvalidOperationException>(() => mlp.Predict(Blobs.Data(3))));
        Contains("not fitted", Assert.Throws<InvalidOperationException>(() => mlp.Evaluate(Blobs.Data(3))));
    }

    [Fact]
    public void Prediction_checks_lengths_and_task()
    {
        (SparseMlp mlp, _, _) = SparseMlpPredictTests.Trained(1);
        Contains("19 features are not a whole number of samples of 20", Throws<ArgumentException>(() => mlp.Predict(new float[19]), "features"));
        Throws<ArgumentException>(() => mlp.Predict([], []), "features");
        Contains("2 samples of 4 outputs need 8", Throws<ArgumentException>(() => mlp.Predict(new float[40], new float[7]), "destination"));
        Throws<ArgumentException>(() => mlp.Predict(Blobs.Data(4, features: 3)), "data");
        Throws<ArgumentOutOfRangeException>(() => mlp.Evaluate(Blobs.Data(4), maxDegreeOfParallelism: 0), "maxDegreeOfParallelism");
        var regression = new SparseMlp(20, [5], 1, new SparseMlpOptions { Task = MlpTask.Regression });
        regression.Fit(Blobs.Rows(10).X, new float[10], new FitOptions { Epochs = 1 });
        Contains("does not choose one class", Assert.Throws<InvalidOperationException>(() => regression.PredictClass(new float[20])));
        Contains("no accuracy", Throws<ArgumentException>(
            () => regression.Fit(Blobs.Rows(10).X, new float[10], new FitOptions
            {
                EarlyStopping = new EarlyStopping { Metric = MonitoredMetric.ValidationAccuracy },
                Validation = new Dataset(FeatureMatrix.FromRows(Blobs.Rows(4).X), Targets.FromValues(new float[4])),
            }), "EarlyStopping"));
        Contains("needs validation data", Throws<ArgumentException>(
            () => mlp.Fit(Blobs.Data(10), new FitOptions { EarlyStopping = new EarlyStopping() }), "EarlyStopping"));
    }

    [Fact]
    public void A_diverging_loss_names_step_and_layer()
    {
        var mlp = new SparseMlp(20, [30, 30], 4, new SparseMlpOptions { Epsilon = 4, Optimizer = KnownOptimizers.Sgd(1e30) });
        var e = Assert.Throws<TrainingDivergedException>(() => mlp.Fit(Blobs.Data(60), new FitOptions { BatchSize = 10 }));
        Assert.InRange(e.Step, 1, 12);
        Assert.InRange(e.Layer, 1, 3);
        Contains($"at step {e.Step} (epoch", e);
        Contains($"first seen in layer {e.Layer}", e);
        Contains("smaller learning rate", e);
    }

    [Fact]
    public void A_zeta_schedule_that_leaves_its_range_is_named()
    {
        var options = new SparseMlpOptions { Epsilon = 4, Evolution = TopologyEvolution.Set(ZetaSchedules.FromFunction(_ => 1.5)) };
        var mlp = new SparseMlp(20, [30], 4, options);
        Exception e = Assert.ThrowsAny<Exception>(() => mlp.Fit(Blobs.Data(40), new FitOptions { Epochs = 3 }));
        Contains("1.5", e);
        Contains("[0, 1)", e);
        Assert.Equal(4 * 50 + 120, mlp.LinkCount);
    }

    [Fact]
    public void Too_few_free_positions_for_growth_are_named()
    {
        var options = new SparseMlpOptions
        {
            Density = DensityAllocation.Uniform(0.9),
            Evolution = TopologyEvolution.Set() with { AllowsRegrowth = false },
        };
        var mlp = new SparseMlp(20, [30], 4, options);
        Contains("free positions", Assert.Throws<InvalidOperationException>(() => mlp.Fit(Blobs.Data(40), new FitOptions { Epochs = 3 })));
        Assert.Equal(540 + 120, mlp.LinkCount);
    }

    private static SparseMlp Small() => new(20, [30], 4, SparseMlpFitTests.SmallOptions);

    private static T Throws<T>(Func<object> action, string? argument)
        where T : ArgumentException
    {
        var e = Assert.ThrowsAny<T>(action);
        if (argument is not null)
        {
            Assert.Equal(argument, e.ParamName);
        }

        return e;
    }

    private static T Throws<T>(Action action, string? argument)
        where T : ArgumentException => Throws<T>(
            () =>
            {
                action();
                return new object();
            },
            argument);

    private static void Contains(string part, Exception e) => Assert.Contains(part, e.Message, StringComparison.Ordinal);
}
