using ThesisExperiments.Results;

namespace ThesisExperiments.Tests;

public sealed class ResultFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("thesis-results").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_run_comes_back_as_it_was_saved_with_NaN_as_nothing()
    {
        var folder = new ResultFolder(_root);
        RunResult saved = HandMade.Run("exd", 2, [0.25, 0.5]) with { Epochs = 7 };

        folder.Save(saved);

        RunResult read = folder.FindRun("datasets", "fashion-mnist", "exd", 2)!;
        Assert.Equal(saved.Times, read.Times);
        Assert.Equal(saved.History.TestAccuracy, read.History.TestAccuracy);
        Assert.True(double.IsNaN(read.History.Zeta[0]));
        Assert.Equal(saved.Settings, read.Settings);
        Assert.Equal((saved.Data, saved.Machine, saved.Seed, saved.Status, 7), (read.Data, read.Machine, read.Seed, read.Status, read.Epochs));
        Assert.Equal(["1,,,,0.25,,,,,", "2,,,,0.5,,,,,"], File.ReadAllLines(Path.Combine(_root, "datasets", "fashion-mnist", "exd-run2.csv"))[1..]);
    }

    [Fact]
    public void Runs_and_timings_are_told_apart()
    {
        var folder = new ResultFolder(_root);
        folder.Save(HandMade.Run("exd", 1, [0.5]));
        folder.Save(HandMade.Timing(60, ("set", [1, 2], [0.1, 0.1])));

        Assert.Single(folder.Runs("datasets"));
        Assert.Equal([1, 2], Assert.Single(folder.Timings("datasets")).Networks[0].TrainingSeconds);
        Assert.Empty(folder.Runs("keras"));
    }

    [Fact]
    public void A_file_that_is_no_result_is_named()
    {
        var folder = new ResultFolder(_root);
        folder.Save(HandMade.Run("exd", 1, [0.5]));
        string path = Path.Combine(_root, "datasets", "fashion-mnist", "exd-run1.json");
        File.WriteAllText(path, "{");

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => folder.Runs("datasets")).Message, StringComparison.Ordinal);
    }
}
