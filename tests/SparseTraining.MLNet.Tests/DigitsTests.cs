using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>The trainer on real data, measured by ML.NET and beside ML.NET's own trainer.</summary>
public class DigitsTests
{
    [Fact]
    public void With_default_options_it_beats_the_linear_trainer_in_the_same_pipeline()
    {
        var context = new MLContext(seed: 1);
        (IDataView train, IDataView test) = context.Digits();
        MulticlassClassificationMetrics sparse = Measure(context.MulticlassClassification.Trainers.SparseMlp());
        MulticlassClassificationMetrics linear = Measure(context.MulticlassClassification.Trainers.SdcaMaximumEntropy(maximumNumberOfIterations: 50));

        Assert.InRange(sparse.MicroAccuracy, 0.97, 1);
        Assert.InRange(sparse.MicroAccuracy, linear.MicroAccuracy, 1);
        Assert.InRange(sparse.LogLoss, 0, 0.15);

        MulticlassClassificationMetrics Measure(IEstimator<ITransformer> trainer)
        {
            var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Digit.Name)).Append(trainer);
            return context.MulticlassClassification.Evaluate(pipeline.Fit(train).Transform(test));
        }
    }

    [Fact]
    public void Accuracy_is_that_of_the_predicted_labels()
    {
        var context = new MLContext(seed: 1);
        (IDataView train, IDataView test) = context.Digits();
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Digit.Name))
            .Append(context.MulticlassClassification.Trainers.SparseMlp(Samples.Small))
            .Append(context.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        IDataView scored = pipeline.Fit(train).Transform(test);

        string[] names = [.. scored.GetColumn<string>(nameof(Digit.Name))];
        string[] predicted = [.. scored.GetColumn<string>("Predicted")];
        double right = names.Zip(predicted).Count(pair => pair.First == pair.Second) / (double)names.Length;
        Assert.InRange(right, 0.9, 1);
        Assert.Equal(right, context.MulticlassClassification.Evaluate(scored).MicroAccuracy, 1e-12);
    }
}
