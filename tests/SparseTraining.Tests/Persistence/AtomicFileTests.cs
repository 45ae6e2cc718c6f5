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
        File.WriteAllText(Target, "old");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.WriteByte(1);
            using FileStream full = File.OpenWrite("/dev/full");
            full.Write(new byte[1 << 16]);
            full.Flush(flushToDisk: true);
        }));
        Assert.Contains(Target, error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Target));
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
    public void Of_two_writers_of_the_same_file_each_writes_a_whole_one_and_the_last_one_stays()
    {
        AtomicFile.Write(Target, stream =>
        {
            stream.WriteByte(1);
            AtomicFile.Write(Target, other => other.Write([2, 2]));
            Assert.Equal([2, 2], File.ReadAllBytes(Target));
        });
        Assert.Equal([1], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Threads_that_save_to_one_file_never_leave_a_part_of_a_model()
    {
        SparseMlp model = SmallModels.All["linear"]();
        byte[] whole = SmallModels.Bytes(model);
        model.Save(Target);
        Parallel.For(0, 200, new() { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (i % 4 == 0)
            {
                Assert.Equal(whole, File.ReadAllBytes(Target));
            }
            else
            {
                model.Save(Target);
            }
        });
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }
}
