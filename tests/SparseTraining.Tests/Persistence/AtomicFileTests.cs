using SparseTraining.Persistence;

namespace SparseTraining.Tests.Persistence;

/// <summary>A save that fails leaves the old file whole and nothing beside it.</summary>
public class AtomicFileTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparse-").FullName;

    private string Target => Path.Combine(_folder, "model.sparse");

    [Fact]
    public async Task A_save_replaces_the_file_and_leaves_nothing_beside_it()
    {
        SparseMlp first = SmallModels.All["linear"]();
        SparseMlp second = SmallModels.All["default"]();
        first.Save(Target);
        File.WriteAllText(Target + ".tmp", "left by a crash");
        second.Save(Target);
        Assert.Equal(SmallModels.Bytes(second), File.ReadAllBytes(Target));
        await first.SaveAsync(Target);
        Assert.Equal(SmallModels.Predictions(first), SmallModels.Predictions(await SparseMlp.LoadAsync(Target)));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file()
    {
        SparseMlp model = SmallModels.All["default"]();
        model.Save(Target);
        byte[] before = File.ReadAllBytes(Target);
        model.Layers[0].WeightValues[0] = 1e30f;
        Assert.Throws<InvalidOperationException>(() => model.Save(Target, new() { Precision = WeightPrecision.Float16 }));
        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_cancelled_save_leaves_the_old_file()
    {
        SparseMlp model = SmallModels.All["default"]();
        model.Save(Target);
        byte[] before = File.ReadAllBytes(Target);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.SaveAsync(Target, null, new CancellationToken(true)));
        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_full_disk_is_an_error_that_names_the_file_and_leaves_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a device that is always full.");

        // The temporary name is a link to the device that is always full: writing to it fails as on a full disk.
        SparseMlp model = SmallModels.All["default"]();
        model.Save(Target);
        byte[] before = File.ReadAllBytes(Target);
        File.CreateSymbolicLink(Target + ".tmp", "/dev/full");
        var error = Assert.Throws<IOException>(() => model.Save(Target));
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_an_error_that_names_the_file()
    {
        // Even root may not make files in this file system.
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "Only Linux has a folder that nobody may write to.");
        Exception error = Assert.ThrowsAny<Exception>(() => SmallModels.All["linear"]().Save("/sys/kernel/model.sparse"));
        Assert.True(error is IOException or UnauthorizedAccessException);
        Assert.Contains("/sys/kernel/model.sparse", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_stays()
    {
        Directory.CreateDirectory(Target);
        Exception error = Assert.ThrowsAny<Exception>(() => SmallModels.All["linear"]().Save(Target));
        Assert.True(error is IOException or UnauthorizedAccessException);
        Assert.True(Directory.Exists(Target));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_missing_folder_is_an_error_that_names_the_file()
    {
        string path = Path.Combine(_folder, "missing", "model.sparse");
        Assert.Contains(path, Assert.Throws<IOException>(() => SmallModels.All["linear"]().Save(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_needs_a_name()
    {
        SparseMlp model = SmallModels.All["linear"]();
        Assert.Throws<ArgumentException>(() => model.Save(""));
        await Assert.ThrowsAsync<ArgumentNullException>(() => model.SaveAsync((string)null!));
        Assert.Throws<ArgumentException>(() => SparseMlp.Load(""));
    }

    [Fact]
    public void A_second_writer_of_the_same_file_gets_an_error_and_the_first_one_finishes()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.WriteByte(1);
            Assert.Throws<IOException>(() => AtomicFile.Write(Target, other => other.WriteByte(2)));
        });
        Assert.Equal([1], File.ReadAllBytes(Target));
    }
}
