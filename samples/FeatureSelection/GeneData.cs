using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Randomness;

namespace FeatureSelectionSample;

/// <summary>Gene expression of some patients, and what they suffer from.</summary>
/// <param name="Name">What to call it in the report.</param>
/// <param name="Samples">[patients, genes] and the class of each patient.</param>
/// <param name="Informative">The genes that tell the classes apart, where they are known because the data is generated.</param>
internal sealed record GeneData(string Name, Dataset Samples, IReadOnlySet<int>? Informative)
{
    private const int StandInSamples = 90, StandInClasses = 3, StandInGenes = 4000, StandInInformative = 60;

    /// <summary>The files, by the name of the data set on the command line.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["glioma"] = "GLIOMA.mat",
        ["prostate-ge"] = "Prostate-GE.mat",
    };

    /// <summary>Reads the file of a data set, or generates a stand-in where there is none.</summary>
    public static GeneData Load(Settings settings)
    {
        string? folder = settings.Data?.FullName ?? Environment.GetEnvironmentVariable(FashionMnist.FolderVariable);
        string file = Files[settings.Dataset];
        string? path = folder is null ? null : Path.Combine(folder, file);
        return File.Exists(path)
            ? new GeneData(Path.GetFileNameWithoutExtension(file), MatFileReader.ReadDataset(path), null)
            : Generate($"generated data ({file} was not found)", seed: 1);
    }

    /// <summary>A few genes, at random places, have a mean that differs from class to class; all have noise of unit variance.</summary>
    private static GeneData Generate(string name, ulong seed)
    {
        RandomGenerator random = RandomGenerator.Named(seed, "gene-data");
        int[] genes = [.. Enumerable.Range(0, StandInGenes)];
        random.Shuffle<int>(genes);
        HashSet<int> informative = [.. genes[..StandInInformative]];
        float[][] means = [.. Enumerable.Range(0, StandInClasses).Select(_ => Enumerable.Range(0, StandInGenes)
            .Select(gene => informative.Contains(gene) ? (float)random.NextGaussian() : 0).ToArray())];
        int[] labels = [.. Enumerable.Range(0, StandInSamples).Select(sample => sample % StandInClasses)];
        float[][] rows = [.. labels.Select(label => means[label].Select(mean => mean + (float)random.NextGaussian()).ToArray())];
        return new GeneData(name, Dataset.FromLabels(rows, labels), informative);
    }
}
