namespace ThesisExperiments.Definitions;

/// <summary>A data set of the thesis: what it is called, its shape, and where it may be found.</summary>
/// <param name="Key">What it is called on the command line and in folder names.</param>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Features">Features of a sample.</param>
/// <param name="ClassSizes">Samples of each class; of Fashion-MNIST those of a class in the training part.</param>
/// <param name="File">The MAT-file in the data folder, or null for Fashion-MNIST's four files.</param>
/// <param name="BatchSize">Samples of a step in the thesis.</param>
internal sealed record DataDefinition(string Key, string Name, int Features, int[] ClassSizes, string? File, int BatchSize)
{
    /// <summary>The thesis' data sets.</summary>
    public static IReadOnlyList<DataDefinition> All { get; } =
    [
        new("lung", "LUNG", 3312, [139, 17, 6, 21, 20], "lung.mat", 2),
        new("orl", "ORL", 1024, [.. Enumerable.Repeat(10, 40)], "ORL.mat", 2),
        new("prostate-ge", "Prostate-GE", 5966, [50, 52], "Prostate-GE.mat", 2),
        new("glioma", "GLIOMA", 4434, [14, 7, 14, 15], "GLIOMA.mat", 2),
        new("fashion-mnist", "Fashion-MNIST", 784, [.. Enumerable.Repeat(6000, 10)], null, 100),
    ];

    /// <summary>How many classes there are.</summary>
    public int Classes => ClassSizes.Length;

    /// <summary>Whether the data comes in two parts, so that there is nothing to split.</summary>
    public bool IsSplit => File is null;

    /// <summary>Finds a data set.</summary>
    public static DataDefinition Of(string key) => All.First(data => data.Key == key);
}
