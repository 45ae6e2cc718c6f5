using SparseTraining.Activations;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Losses;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;

namespace SparseTraining.Tests.Persistence;

/// <summary>Parts that a user wrote cannot be in a file: a model predicts without them, and takes them at Load.</summary>
public class ForeignPartTests
{
    private static readonly SparseMlpOptions WithSchedule = new()
    {
        Epsilon = 3,
        Evolution = TopologyEvolution.Set(ZetaSchedules.Sum(ZetaSchedules.Constant(0.1), ZetaSchedules.FromFunction(_ => 0.1))),
    };

    private static readonly SparseMlpOptions WithActivation = new() { Epsilon = 3, HiddenActivation = new HalvedActivation() };

    [Fact]
    public void A_model_with_a_schedule_of_its_authors_own_predicts_but_does_not_train()
    {
        SparseMlp model = Trained(WithSchedule);
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)));
        Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(loaded));
        Assert.Equal(model.Summary().Title, loaded.Summary().Title);
        Assert.Equal(SmallModels.Bytes(model), SmallModels.Bytes(loaded));
        var error = Assert.Throws<InvalidOperationException>(() => loaded.Fit(SmallModels.Data(MlpTask.MulticlassClassification, 3)));
        Assert.Contains("Load", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_given_to_load_bring_the_parts_back()
    {
        SparseMlp model = Trained(WithSchedule);
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)), WithSchedule);
        loaded.Fit(SmallModels.Data(MlpTask.MulticlassClassification, 3), new FitOptions { Epochs = 2, WarmStart = true });
        Assert.Same(WithSchedule, loaded.Options);
    }

    [Fact]
    public void Options_given_to_load_must_be_those_of_the_model()
    {
        byte[] bytes = SmallModels.Bytes(Trained(WithSchedule));
        var error = Assert.Throws<ArgumentException>(() => SparseMlp.Load(new MemoryStream(bytes), WithSchedule with { Dropout = 0.5 }));
        Assert.Contains("\"dropout\" is 0.5; the model was saved with 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activation_of_its_authors_own_is_needed_to_predict()
    {
        SparseMlp model = Trained(WithActivation);
        byte[] bytes = SmallModels.Bytes(model);
        Assert.Contains("Halved", Assert.Throws<InvalidDataException>(() => SparseMlp.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
        Assert.Contains("Halved", Assert.Throws<InvalidDataException>(() => SparseMlpPredictor.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
        Assert.Equal(SmallModels.Predictions(model), SmallModels.Predictions(SparseMlp.Load(new MemoryStream(bytes), WithActivation)));
    }

    [Fact]
    public void A_model_with_a_loss_of_its_authors_own_predicts_and_is_evaluated_but_for_the_loss()
    {
        SparseMlp model = Trained(new SparseMlpOptions { Epsilon = 3, OutputActivation = KnownActivations.Sigmoid(), Loss = new OwnLoss() });
        SparseMlp loaded = SparseMlp.Load(new MemoryStream(SmallModels.Bytes(model)));
        Dataset data = SmallModels.Data(MlpTask.MulticlassClassification, 3);
        Assert.Equal(model.Predict(data), loaded.Predict(data));
        EvaluationResult result = loaded.Evaluate(data);
        Assert.Equal(model.Evaluate(data).Accuracy, result.Accuracy);
        Assert.True(double.IsNaN(result.Loss));
        Assert.Throws<InvalidOperationException>(() => loaded.Fit(data));
    }

    private static SparseMlp Trained(SparseMlpOptions options)
    {
        var model = new SparseMlp(SmallModels.Inputs, [8], 3, options);
        model.Fit(SmallModels.Data(options.Task, 3), new FitOptions { Epochs = 2, BatchSize = 20 });
        return model;
    }

    private sealed class OwnLoss() : Loss("Own")
    {
        private readonly Loss _inner = KnownLosses.MeanSquaredError();

        public override bool GradientIsWithRespectToLogits => false;

        public override void Evaluate(
            ReadOnlySpan<float> logits,
            ReadOnlySpan<float> outputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<float> weights,
            int width,
            Span<float> gradient,
            Span<double> sampleLosses) => _inner.Evaluate(logits, outputs, targets, weights, width, gradient, sampleLosses);
    }

    private sealed class HalvedActivation() : Activation("Halved")
    {
        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                a[i] = z[i] / 2;
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters)
        {
            for (int i = 0; i < z.Length; i++)
            {
                dz[i] = da[i] / 2;
            }
        }
    }
}
