using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>Everything that ML.NET does with a trainer.</summary>
public class PipelineTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Binary_answers_are_right_and_agree_with_each_other()
    {
        var model = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(_context.View(Samples.Examples(400)));
        IDataView scored = model.Transform(_context.View(Samples.Examples(200, seed: 2)));
        CalibratedBinaryClassificationMetrics metrics = _context.BinaryClassification.Evaluate(scored);
        Assert.InRange(metrics.Accuracy, 0.95, 1);
        Assert.InRange(metrics.AreaUnderRocCurve, 0.98, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.25);
        float[] scores = [.. scored.GetColumn<float>("Score")];
        float[] probabilities = [.. scored.GetColumn<float>("Probability")];
        bool[] answers = [.. scored.GetColumn<bool>("PredictedLabel")];
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.Equal(1 / (1 + Math.Exp(-scores[i])), probabilities[i], 1e-5);
            Assert.Equal(scores[i] > 0, answers[i]);
        }
    }

    [Fact]
    public void Regression_predicts_in_the_unit_of_the_label()
    {
        // A label far from 0: the network itself would need very long to find it.
        Example[] train = Samples.Examples(400), test = Samples.Examples(200, seed: 2);
        foreach (Example example in train.Concat(test))
        {
            example.Value = 1e6f + 1000 * example.Value;
        }

        var trainer = _context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value), NumberOfIterations = 40 });
        RegressionMetrics metrics = _context.Regression.Evaluate(trainer.Fit(_context.View(train)).Transform(_context.View(test)), nameof(Example.Value));
        Assert.InRange(metrics.RSquared, 0.95, 1);
    }

    [Fact]
    public void Cross_validation_runs_for_every_task()
    {
        IDataView data = _context.View(Samples.Examples(200));
        var classes = _context.MulticlassClassification.CrossValidate(data, _context.NamePipeline(), numberOfFolds: 3, labelColumnName: "Key");
        Assert.All(classes, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.8, 1));
        var answers = _context.BinaryClassification.CrossValidate(data, _context.BinaryClassification.Trainers.SparseMlp(Samples.Small), numberOfFolds: 3);
        Assert.All(answers, fold => Assert.InRange(fold.Metrics.Accuracy, 0.85, 1));
        var values = _context.Regression.CrossValidate(
            data, _context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) }), numberOfFolds: 3, labelColumnName: nameof(Example.Value));
        Assert.All(values, fold => Assert.InRange(fold.Metrics.RSquared, 0.8, 1));
    }

    [Fact]
    public void Permutation_importance_finds_the_features_that_decide()
    {
        IDataView data = _context.View(Samples.Examples(300));
        var keyed = _context.Transforms.Conversion.MapValueToKey("Key", nameof(Example.Name)).Fit(data).Transform(data);
        var multiclass = _context.MulticlassClassification.Trainers.SparseMlp(Samples.Small with { LabelColumnName = "Key" }).Fit(keyed);
        ImmutableDictionary<string, MulticlassClassificationMetricsStatistics> byName =
            _context.MulticlassClassification.PermutationFeatureImportance((ITransformer)multiclass, keyed, "Key");
        Assert.Equal("first", byName.MinBy(entry => entry.Value.MicroAccuracy.Mean).Key);
        Assert.Equal(Samples.FeatureNames.Order(StringComparer.Ordinal), byName.Keys.Order(StringComparer.Ordinal));

        var binary = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(data);
        Assert.Equal("first", _context.BinaryClassification.PermutationFeatureImportanceNonCalibrated(binary, data).MinBy(entry => entry.Value.Accuracy.Mean).Key);

        ISingleFeaturePredictionTransformer<SparseMlpRegressionModelParameters> regression =
            _context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) }).Fit(data);
        ImmutableArray<RegressionMetricsStatistics> byIndex =
            _context.Regression.PermutationFeatureImportance(regression, data, nameof(Example.Value));
        Assert.Equal(0, Enumerable.Range(0, 4).MinBy(feature => byIndex[feature].RSquared.Mean));
    }

    [Fact]
    public void A_prediction_engine_gives_what_transform_gives()
    {
        Example[] test = Samples.Examples(30, seed: 2);
        ITransformer model = _context.NamePipeline().Fit(_context.View(Samples.Examples(200)));
        string[] expected = [.. model.Transform(_context.View(test)).GetColumn<string>("PredictedName")];
        using PredictionEngine<Example, NamePrediction> engine = _context.Model.CreatePredictionEngine<Example, NamePrediction>(model);
        Assert.Equal(expected, test.Select(example => engine.Predict(example).PredictedName));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(new float[] { 0, 0, 0 }, 3)]
    [InlineData(new float[] { 0, 0, 0, 0, 0 }, 5)]
    public void A_row_of_another_size_is_refused(float[]? features, int size)
    {
        ITransformer model = _context.NamePipeline().Fit(_context.View(Samples.Examples(60)));
        using PredictionEngine<Example, NamePrediction> engine = _context.Model.CreatePredictionEngine<Example, NamePrediction>(model);
        engine.Predict(Samples.Examples(1)[0]);
        var predicted = Assert.Throws<InvalidOperationException>(() => engine.Predict(new Example { Features = features! }));
        Assert.Equal($"A row has {size} features; 4 are needed.", predicted.Message);

        Example[] train = [.. Samples.Examples(5), new Example { Features = features! }];
        var trained = Assert.Throws<InvalidOperationException>(() => _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(_context.View(train)));
        Assert.Equal($"Row 5 has {size} features; 4 are needed.", trained.Message);
    }

    [Fact]
    public void Engines_of_one_model_predict_at_the_same_time()
    {
        Example[] test = Samples.Examples(200, seed: 2);
        ITransformer model = _context.NamePipeline().Fit(_context.View(Samples.Examples(200)));
        string[] expected = [.. model.Transform(_context.View(test)).GetColumn<string>("PredictedName")];
        Parallel.For(0, 8, _ =>
        {
            using var engine = new MLContext().Model.CreatePredictionEngine<Example, NamePrediction>(model, new PredictionEngineOptions { OwnsTransformer = false });
            Assert.Equal(expected, test.Select(example => engine.Predict(example).PredictedName));
        });
    }

    [Fact]
    public void One_versus_all_takes_the_binary_trainer()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Key", nameof(Example.Name))
            .Append(_context.MulticlassClassification.Trainers.OneVersusAll(
                _context.BinaryClassification.Trainers.SparseMlp(Samples.Small with { LabelColumnName = "Key" }), "Key"));
        IDataView scored = pipeline.Fit(_context.View(Samples.Examples(300))).Transform(_context.View(Samples.Examples(100, seed: 2)));
        Assert.InRange(_context.MulticlassClassification.Evaluate(scored, "Key").MicroAccuracy, 0.85, 1);
    }

    [Fact]
    public void A_cached_and_shuffled_pipeline_runs()
    {
        IDataView data = _context.Data.ShuffleRows(_context.Data.Cache(_context.View(Samples.Examples(300))), seed: 5);
        var pipeline = _context.Transforms.NormalizeMeanVariance("Features").AppendCacheCheckpoint(_context)
            .Append(_context.BinaryClassification.Trainers.SparseMlp(Samples.Small));
        IDataView scored = pipeline.Fit(data).Transform(_context.View(Samples.Examples(100, seed: 2)));
        Assert.InRange(_context.BinaryClassification.Evaluate(scored).Accuracy, 0.9, 1);
    }

    [Fact]
    public void Text_columns_become_features_as_usual()
    {
        Example[] examples = Samples.Examples(300);
        foreach (Example example in examples)
        {
            example.Features = [0, 0, 0, example.Features[3]];
        }

        var pipeline = _context.Transforms.Categorical.OneHotEncoding("Hot", nameof(Example.Name))
            .Append(_context.Transforms.Concatenate("Features", "Hot", "Features"))
            .Append(_context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) }));
        IDataView data = _context.View(examples);
        Assert.InRange(_context.Regression.Evaluate(pipeline.Fit(data).Transform(data), nameof(Example.Value)).RSquared, 0.7, 1);
    }

    internal sealed class NamePrediction
    {
        public string PredictedName { get; set; } = "";
    }
}
