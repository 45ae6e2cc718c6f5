using Microsoft.ML.Data;
using SparseTraining.MLNet;

// The namespace in which ML.NET's own trainer packages have their catalog extensions: no using to add.
#pragma warning disable IDE0130
namespace Microsoft.ML;

/// <summary>Adds the sparse multi-layer perceptron to the catalogs of ML.NET's trainers.</summary>
public static class SparseMlpCatalog
{
    /// <summary>Trains sparse multi-layer perceptrons to tell classes apart.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label, a key: <c>mlContext.Transforms.Conversion.MapValueToKey</c> makes one.</param>
    /// <param name="featureColumnName">The features, a vector of Single of known size. They need no normalization.</param>
    /// <param name="exampleWeightColumnName">The weight of an example in the loss, a Single, or <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The most passes over the data of each network, or <see langword="null"/> to let the data's size decide.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpMulticlassTrainer SparseMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfIterations = null) =>
        catalog.SparseMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, numberOfIterations));

    /// <summary>Trains sparse multi-layer perceptrons to tell classes apart.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Which columns, and how.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpMulticlassTrainer SparseMlp(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, SparseMlpTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new SparseMlpMulticlassTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Trains sparse multi-layer perceptrons to answer yes or no.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label, a Boolean.</param>
    /// <param name="featureColumnName">The features, a vector of Single of known size. They need no normalization.</param>
    /// <param name="exampleWeightColumnName">The weight of an example in the loss, a Single, or <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The most passes over the data of each network, or <see langword="null"/> to let the data's size decide.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpBinaryTrainer SparseMlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfIterations = null) =>
        catalog.SparseMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, numberOfIterations));

    /// <summary>Trains sparse multi-layer perceptrons to answer yes or no.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Which columns, and how.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpBinaryTrainer SparseMlp(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, SparseMlpTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new SparseMlpBinaryTrainer(catalog.GetEnvironment(), options);
    }

    /// <summary>Trains sparse multi-layer perceptrons to predict a number.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">The label, a Single.</param>
    /// <param name="featureColumnName">The features, a vector of Single of known size. They need no normalization.</param>
    /// <param name="exampleWeightColumnName">The weight of an example in the loss, a Single, or <see langword="null"/> for 1.</param>
    /// <param name="numberOfIterations">The most passes over the data of each network, or <see langword="null"/> to let the data's size decide.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpRegressionTrainer SparseMlp(
        this RegressionCatalog.RegressionTrainers catalog,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        string? exampleWeightColumnName = null,
        int? numberOfIterations = null) =>
        catalog.SparseMlp(Options(labelColumnName, featureColumnName, exampleWeightColumnName, numberOfIterations));

    /// <summary>Trains sparse multi-layer perceptrons to predict a number.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Which columns, and how.</param>
    /// <returns>The trainer.</returns>
    public static SparseMlpRegressionTrainer SparseMlp(this RegressionCatalog.RegressionTrainers catalog, SparseMlpTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new SparseMlpRegressionTrainer(catalog.GetEnvironment(), options);
    }

    private static SparseMlpTrainerOptions Options(string label, string features, string? weight, int? iterations) => new()
    {
        LabelColumnName = label,
        FeatureColumnName = features,
        ExampleWeightColumnName = weight,
        NumberOfIterations = iterations,
    };
}
