using SparseTraining;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Randomness;

namespace FeatureSelectionSample;

/// <summary>What one split came to.</summary>
/// <param name="All">Test accuracy with all genes.</param>
/// <param name="Top">Test accuracy with the strongest genes, one a number of genes.</param>
/// <param name="Random">Test accuracy with random genes, one a number of genes.</param>
/// <param name="Chosen">The genes, the strongest first.</param>
internal sealed record SplitResult(double All, double[] Top, double[] Random, int[] Chosen);

/// <summary>
/// For each split: genes are selected on the training part alone, networks are trained on the training part with the selected
/// genes, and the test part is looked at once, to count. A selection that had seen the test part would look too good.
/// </summary>
internal sealed class Comparison(Settings settings, GeneData data, Classifier classifier)
{
    private const double TestFraction = 1.0 / 3;

    /// <summary>Networks that are trained in one split: one with all genes, and two for each number of genes.</summary>
    public int NetworksPerSplit => 1 + 2 * settings.Genes.Length;

    public SplitResult Run(int split, Action trained)
    {
        ulong seed = settings.Seed + (ulong)split;
        int classes = Enumerable.Range(0, data.Samples.Count).Max(data.Samples.Label) + 1;
        (Dataset train, Dataset test) = DataSplit.Stratified(data.Samples, TestFraction, seed);

        SparseMlp selector = classifier.Train(train, classes, seed);
        int[] strongest = FeatureImportance.Of(selector).Top(settings.Genes.Max());
        trained();

        int[] random = [.. Enumerable.Range(0, train.FeatureCount)];
        RandomGenerator.Named(seed, "random-genes").Shuffle<int>(random);
        return new SplitResult(
            selector.Evaluate(test, settings.Threads ?? -1).Accuracy,
            [.. settings.Genes.Select(count => Accuracy(strongest[..count]))],
            [.. settings.Genes.Select(count => Accuracy(random[..count]))],
            strongest);

        double Accuracy(int[] genes)
        {
            double accuracy = classifier.Accuracy(train, test, genes, classes, seed);
            trained();
            return accuracy;
        }
    }
}
