using System.Diagnostics.CodeAnalysis;
using SparseTraining.Data;

namespace SparseTraining.Datasets;

/// <summary>
/// Fashion-MNIST: 60,000 training and 10,000 test images of 28 × 28 grey pixels in 10 classes of clothing, found on this
/// machine. Nothing is downloaded.
/// </summary>
/// <remarks>
/// H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms", 2017. The files are the four gzipped (or unpacked) IDX files as published. Debian's package
/// <c>dataset-fashion-mnist</c> installs them.
/// </remarks>
public static class FashionMnist
{
    /// <summary>The environment variable that names a folder to look in first.</summary>
    public const string FolderVariable = "SPARSETRAINING_DATA";

    private static readonly string[] FileNames =
    [
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ];

    /// <summary>1 channel, 28 rows, 28 columns.</summary>
    public static ImageShape ImageShape => new(1, 28, 28);

    /// <summary>What the class labels 0 to 9 mean.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>
    /// Looks for the four files: in the folder that <see cref="FolderVariable"/> names, in its sub-folder
    /// <c>fashion-mnist</c>, in <c>SparseTraining/fashion-mnist</c> under the user's local application data, and in
    /// <c>/usr/share/datasets/fashion-mnist</c>.
    /// </summary>
    /// <param name="folder">The first folder that holds all four.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryLocate([NotNullWhen(true)] out string? folder)
    {
        folder = SearchedFolders(Environment.GetEnvironmentVariable(FolderVariable)).FirstOrDefault(IsComplete);
        return folder is not null;
    }

    /// <summary>Reads the data: about 55 MB of memory, since pixels stay bytes.</summary>
    /// <param name="folder">The folder of the four files, or <see langword="null"/> to look for it (<see cref="TryLocate"/>).</param>
    /// <param name="scaleToUnit">
    /// Whether pixels are divided by 255 to lie in [0, 1], which is the default; otherwise they are whole numbers from 0
    /// to 255 as published.
    /// </param>
    /// <returns>The training and the test part, [samples, 784] with class labels, in the published order.</returns>
    /// <exception cref="FileNotFoundException">The files are not there; the message says where they were looked for.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds something else.</exception>
    public static (Dataset Train, Dataset Test) Load(string? folder = null, bool scaleToUnit = true)
    {
        string[] searched = folder is null
            ? [.. SearchedFolders(Environment.GetEnvironmentVariable(FolderVariable))]
            : [folder];
        string found = Array.Find(searched, IsComplete) ?? throw new FileNotFoundException(
            $"Fashion-MNIST was not found in: {string.Join(", ", searched)}. Install Debian's package dataset-fashion-mnist, "
            + $"or put {string.Join(", ", FileNames.Select(name => name + ".gz"))} into one of these folders or into one "
            + $"that the environment variable {FolderVariable} names.");
        return (Read(found, 0, scaleToUnit), Read(found, 2, scaleToUnit));
    }

    /// <summary>The folders in the order in which they are looked at.</summary>
    internal static IEnumerable<string> SearchedFolders(string? dataFolder)
    {
        if (!string.IsNullOrEmpty(dataFolder))
        {
            yield return dataFolder;
            yield return Path.Combine(dataFolder, "fashion-mnist");
        }

        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (local.Length > 0)
        {
            yield return Path.Combine(local, "SparseTraining", "fashion-mnist");
        }

        yield return "/usr/share/datasets/fashion-mnist";
    }

    private static bool IsComplete(string folder) => FileNames.All(name => Locate(folder, name) is not null);

    private static string? Locate(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path + ".gz") ? path + ".gz" : File.Exists(path) ? path : null;
    }

    private static Dataset Read(string folder, int first, bool scaleToUnit)
    {
        string images = Locate(folder, FileNames[first])!;
        Dataset data = IdxReader.ReadDataset(images, Locate(folder, FileNames[first + 1])!, scaleToUnit);
        if (data.FeatureCount != ImageShape.FeatureCount)
        {
            throw new InvalidDataException($"{images}: the images have {data.FeatureCount} pixels; Fashion-MNIST's have 28 × 28.");
        }

        for (int i = 0; i < data.Count; i++)
        {
            if (data.Label(i) >= ClassNames.Count)
            {
                throw new InvalidDataException(
                    $"{folder}: sample {i} of {FileNames[first + 1]} has the label {data.Label(i)}; Fashion-MNIST's are 0 to 9.");
            }
        }

        return data;
    }
}
