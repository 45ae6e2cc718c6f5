using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;

namespace WebApi;

/// <summary>The model of the page: handwritten digits of 8 × 8 pixels, trained within seconds at the first start.</summary>
public static class DigitModel
{
    private const int ShownImages = 30;

    /// <summary>Trains the model and saves it.</summary>
    /// <returns>The accuracy on the third of the images that it was not trained on.</returns>
    public static double Train(string path)
    {
        (Dataset train, Dataset test) = Data();
        var model = new SparseMlp(inputs: 64, hidden: [512, 512], outputs: 10, new SparseMlpOptions
        {
            Density = DensityAllocation.Uniform(0.05),
            Evolution = TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(initial: 0.3, interest: 0.2)),
            Optimizer = Optimizers.Momentum(learningRate: 0.1),
            LearningRateSchedule = LearningRateSchedules.Cosine(),
            Dropout = 0.2,
            Seed = 1,
        })
        {
            ClassNames = Digits.ClassNames,
        };

        // Slightly turned, as people write.
        var turned = new ImageAugmentation(train, Digits.ImageShape, new ImageAugmentationOptions { RotationDegrees = 10 });
        model.Fit(turned, new FitOptions { Epochs = 60, BatchSize = 32 });
        model.Save(path);
        return model.Evaluate(test).Accuracy;
    }

    /// <summary>Images that the model was not trained on, as many of each digit.</summary>
    public static IReadOnlyList<DigitImage> TestImages()
    {
        (_, Dataset test) = Data();
        return
        [
            .. Enumerable.Range(0, test.Count)
                .GroupBy(test.Label)
                .SelectMany(digit => digit.Take(ShownImages / 10))
                .Order()
                .Select(sample => new DigitImage(Digits.ClassNames[test.Label(sample)], Features(test, sample))),
        ];
    }

    private static (Dataset Train, Dataset Test) Data() => DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);

    private static float[] Features(Dataset data, int sample)
    {
        var features = new float[data.FeatureCount];
        data.CopyFeatures(sample, features);
        return features;
    }
}

/// <summary>An image, row after row from 0 (paper) to 1 (ink), and what it shows.</summary>
public sealed record DigitImage(string Label, float[] Features);
