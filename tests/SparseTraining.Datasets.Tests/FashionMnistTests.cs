using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class FashionMnistTests
{
    private static readonly string[] Names =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    [Fact]
    public void The_installed_files_hold_the_published_data()
    {
        Assert.SkipUnless(FashionMnist.TryLocate(out string? folder), "Fashion-MNIST is not installed.");
        (Dataset train, Dataset test) = FashionMnist.Load(folder, scaleToUnit: false);
        Assert.Equal((60_000, 784), (train.Count, train.FeatureCount));
        Assert.Equal((10_000, 784), (test.Count, test.FeatureCount));
        Assert.All(train.Labels().CountBy(label => label), pair => Assert.Equal(6000, pair.Value));
        Assert.All(test.Labels().CountBy(label => label), pair => Assert.Equal(1000, pair.Value));
        Assert.Equal(9, train.Label(0));
        Assert.Equal(9, test.Label(0));
        Assert.Equal([76247f, 84598f, 28662f], Enumerable.Range(0, 3).Select(i => train.Features(i).Sum()));
        Assert.Equal(["Ankle boot", "T-shirt/top"], new[] { train.Label(0), train.Label(1) }.Select(label => FashionMnist.ClassNames[label]));
    }

    [Fact]
    public void Reads_plain_or_packed_files_of_a_given_folder_scaled_by_default()
    {
        WithFolder(folder =>
        {
            byte[] image = [.. Enumerable.Range(0, 784).Select(i => (byte)i)];
            Write(folder, image, 3);
            (Dataset train, Dataset test) = FashionMnist.Load(folder);
            Assert.Equal(image.Select(pixel => pixel / 255f), train.Features(0));
            Assert.Equal([3], test.Labels());
        });
    }

    [Fact]
    public void A_missing_file_is_reported_with_the_places_and_the_cure()
    {
        WithFolder(folder =>
        {
            Write(folder, new byte[784], 3);
            File.Delete(Path.Combine(folder, Names[3]));
            var exception = Assert.Throws<FileNotFoundException>(() => FashionMnist.Load(folder));
            Assert.Equal(
                $"Fashion-MNIST was not found in: {folder}. Install Debian's package dataset-fashion-mnist, or put "
                + "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz, "
                + "t10k-labels-idx1-ubyte.gz into one of these folders or into one that the environment variable "
                + "SPARSETRAINING_DATA names.",
                exception.Message);
        });
    }

    [Fact]
    public void Files_of_other_data_are_refused()
    {
        WithFolder(folder =>
        {
            Write(folder, new byte[783], 3);
            Assert.EndsWith(
                "the images have 783 pixels; Fashion-MNIST's have 28 × 28.",
                Assert.Throws<InvalidDataException>(() => FashionMnist.Load(folder)).Message, StringComparison.Ordinal);
            Write(folder, new byte[784], 10);
            Assert.EndsWith(
                "sample 0 of train-labels-idx1-ubyte has the label 10; Fashion-MNIST's are 0 to 9.",
                Assert.Throws<InvalidDataException>(() => FashionMnist.Load(folder)).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Folders_are_searched_in_the_documented_order()
    {
        string[] searched = [.. FashionMnist.SearchedFolders("data")];
        Assert.Equal(["data", Path.Combine("data", "fashion-mnist")], searched[..2]);
        Assert.Equal("/usr/share/datasets/fashion-mnist", searched[^1]);
        Assert.All(searched[2..^1], folder => Assert.EndsWith(Path.Combine("SparseTraining", "fashion-mnist"), folder, StringComparison.Ordinal));
        Assert.Equal(searched[2..], FashionMnist.SearchedFolders(null));
    }

    private static void Write(string folder, byte[] image, byte label)
    {
        byte[] images = IdxReaderTests.Idx(0x08, [1, image.Length], image);
        byte[] labels = IdxReaderTests.Idx(0x08, [1], [label]);
        File.WriteAllBytes(Path.Combine(folder, Names[0] + ".gz"), TestFiles.Gzip(images));
        File.WriteAllBytes(Path.Combine(folder, Names[1]), labels);
        File.WriteAllBytes(Path.Combine(folder, Names[2]), images);
        File.WriteAllBytes(Path.Combine(folder, Names[3]), labels);
    }

    private static void WithFolder(Action<string> test)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
