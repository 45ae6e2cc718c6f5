using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Tests.Persistence;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

/// <summary>A run that fails before it has trained anything leaves no trace.</summary>
public class FailedRunTests
{
    private static readonly Dataset Data = Blobs.Data(200);
    private static readonly FitOptions Run = new() { Epochs = 3, BatchSize = 16 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_next_run_is_the_one_that_the_failed_one_would_have_been(bool warm)
    {
        SparseMlp undisturbed = Model();
        SparseMlp mlp = Model();
        FitOptions run = Run;
        if (warm)
        {
            undisturbed.Fit(Data, Run);
            mlp.Fit(Data, Run);
            run = Run with { WarmStart = true };
        }

        undisturbed.Fit(Data, run);
        Assert.ThrowsAny<OperationCanceledException>(() => mlp.Fit(Data, run with { CancellationToken = new CancellationToken(true) }));
        (float[][] x, int[] labels) = Blobs.Rows(64);
        x[3][5] = float.NaN;
        Assert.Throws<ArgumentException>(() => mlp.Fit(new SparseMlpFitTests.Stream(x, labels), run));
        Assert.Equal(warm, mlp.IsFitted);
        mlp.Fit(Data, run);
        Assert.Equal(SmallModels.Bytes(undisturbed), SmallModels.Bytes(mlp));
    }

    [Fact]
    public void A_resumption_that_fails_leaves_the_model_that_was_trained()
    {
        string folder = Directory.CreateTempSubdirectory("sparse-").FullName;
        SparseMlp mlp = Model();
        mlp.Fit(Data, Run with { Callbacks = [new CheckpointCallback(folder) { KeepLast = 100 }] });
        byte[] trained = SmallModels.Bytes(mlp);
        var old = Checkpoint.Load(Directory.GetFiles(folder).Order(StringComparer.Ordinal).First());
        Assert.Throws<InvalidOperationException>(() => mlp.Fit(Data, Run with { ResumeFrom = old, Callbacks = [new CheckpointCallback(folder)] }));
        Assert.Equal(trained, SmallModels.Bytes(mlp));
    }

    [Fact]
    public void A_resumption_on_other_data_says_so()
    {
        string folder = Directory.CreateTempSubdirectory("sparse-").FullName;
        Model().Fit(Blobs.Data(30), new() { Epochs = 1, Callbacks = [new CheckpointCallback(folder)] });
        var error = Assert.Throws<ArgumentException>(() => Model().Fit(Blobs.Data(40), new() { Epochs = 1, ResumeFrom = Checkpoint.LoadNewest(folder) }));
        Assert.Contains("training-data = 30 samples", error.Message, StringComparison.Ordinal);
    }

    private static SparseMlp Model() =>
        new(20, [30, 30], 4, new() { Epsilon = 3, Seed = 7, Optimizer = KnownOptimizers.Adam(), Evolution = TopologyEvolution.Set() });
}
