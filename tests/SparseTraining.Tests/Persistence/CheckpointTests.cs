using Microsoft.Extensions.Logging;
using SparseTraining.Data;
using SparseTraining.Persistence;
using SparseTraining.Training;

namespace SparseTraining.Tests.Persistence;

/// <summary>What lies in a folder of checkpoints, what damages it, and what may be resumed.</summary>
public class CheckpointTests
{
    private static readonly SparseMlpOptions Options = new() { Epsilon = 2, Seed = 3, Optimizer = SparseTraining.Optimizers.Optimizers.Adam() };
    private static readonly Dataset Data = SmallModels.Data(MlpTask.MulticlassClassification, 3);
    private static readonly FitOptions Fit = new() { Epochs = 4, BatchSize = 16, Validation = SmallModels.Data(MlpTask.MulticlassClassification, 3, 9) };

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("sparse-").FullName, "run");

    [Fact]
    public void The_newest_stay_and_the_best_beside_them()
    {
        Train(new CheckpointCallback(_folder) { EverySteps = 3, KeepLast = 3, KeepBest = true });
        Assert.Equal(["best.checkpoint", "step-000000000012.checkpoint", "step-000000000015.checkpoint", "step-000000000016.checkpoint"], Names());
        Checkpoint newest = Checkpoint.LoadNewest(_folder)!;
        Assert.Equal((16, 4), (newest.Step, newest.Epoch));
        Assert.Equal(4, newest.History.Count);
        Checkpoint best = Checkpoint.Load(Path.Combine(_folder, "best.checkpoint"));
        Assert.Equal(newest.Run.Trainer.BestEpoch, best.Epoch);
    }

    [Fact]
    public void Without_intervals_only_the_best_is_kept()
    {
        Train(new CheckpointCallback(_folder) { EveryEpochs = 0, KeepBest = true });
        Assert.Equal(["best.checkpoint"], Names());
        Assert.Null(Checkpoint.LoadNewest(_folder));
    }

    [Fact]
    public void Nothing_is_kept_where_nothing_was_asked_for()
    {
        Train(new CheckpointCallback(_folder) { EveryEpochs = 0, EverySteps = 0, KeepLast = 1 });
        Assert.Null(Checkpoint.LoadNewest(_folder));
        Assert.Empty(Directory.Exists(_folder) ? Names() : []);
    }

    [Fact]
    public void A_checkpoint_with_bytes_behind_it_is_damaged()
    {
        Train(new CheckpointCallback(_folder) { KeepLast = 1 });
        string path = Checkpoint.LoadNewest(_folder)!.Path;
        using (FileStream stream = new(path, FileMode.Append))
        {
            stream.Write([1, 2]);
        }

        var error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path));
        Assert.Contains("2 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_second_epoch_means_that()
    {
        Train(new CheckpointCallback(_folder) { EveryEpochs = 2, KeepLast = 10 });
        Assert.Equal(["step-000000000008.checkpoint", "step-000000000016.checkpoint"], Names());
    }

    [Fact]
    public void A_damaged_newest_checkpoint_is_reported_and_the_one_before_is_used()
    {
        SparseMlp whole = Train(new CheckpointCallback(_folder) { KeepLast = 3 });
        string newest = Path.Combine(_folder, "step-000000000016.checkpoint");
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(newest, bytes);
        File.WriteAllText(Path.Combine(_folder, "step-000000000099.checkpoint.0.tmp"), "left by a crash");
        var logger = new ListLogger();
        Checkpoint used = Checkpoint.LoadNewest(_folder, logger)!;
        Assert.Equal(12, used.Step);
        Assert.Contains("checksum", Assert.Single(used.PassedOver), StringComparison.Ordinal);
        Assert.Contains(newest, Assert.Single(logger.Messages), StringComparison.Ordinal);
        SparseMlp resumed = Model();
        resumed.Fit(Data, Fit with { ResumeFrom = used, Callbacks = [new CheckpointCallback(_folder) { KeepLast = 3 }] });
        Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));
        Assert.Equal(["step-000000000008.checkpoint", "step-000000000012.checkpoint", "step-000000000016.checkpoint"], Names());
    }

    [Fact]
    public void Only_damaged_checkpoints_are_an_error_and_none_is_null()
    {
        Assert.Null(Checkpoint.LoadNewest(_folder));
        Directory.CreateDirectory(_folder);
        Assert.Null(Checkpoint.LoadNewest(_folder));
        File.WriteAllBytes(Path.Combine(_folder, "step-000000000001.checkpoint"), [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => Checkpoint.LoadNewest(_folder));
    }

    [Fact]
    public void A_run_does_not_write_into_the_folder_of_one_that_has_come_further()
    {
        Train(new CheckpointCallback(_folder));
        var error = Assert.Throws<InvalidOperationException>(() => Train(new CheckpointCallback(_folder)));
        Assert.Contains("step-000000000012", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Names().Length);
    }

    [Theory]
    [InlineData("batch-size = 16; this call asks for 15")]
    [InlineData("epochs = 4; this call asks for 5")]
    [InlineData("seed = 3; this call asks for 4")]
    [InlineData("training-data = 60 samples")]
    [InlineData("shuffle = True")]
    [InlineData("early-stopping = none")]
    [InlineData("sizes = 12-9-8-3; this call asks for 12-9-7-3")]
    public void A_run_that_was_asked_for_something_else_is_not_resumed(string difference)
    {
        Train(new CheckpointCallback(_folder));
        Checkpoint checkpoint = Checkpoint.LoadNewest(_folder)!;
        FitOptions options = Fit with
        {
            ResumeFrom = checkpoint,
            BatchSize = difference.StartsWith("batch", StringComparison.Ordinal) ? 15 : 16,
            Epochs = difference.StartsWith("epochs", StringComparison.Ordinal) ? 5 : 4,
            Shuffle = !difference.StartsWith("shuffle", StringComparison.Ordinal),
            EarlyStopping = difference.StartsWith("early", StringComparison.Ordinal) ? new EarlyStopping() : null,
        };
        SparseMlp model = difference.StartsWith("seed", StringComparison.Ordinal) ? new(SmallModels.Inputs, [9, 8], 3, Options with { Seed = 4 })
            : difference.StartsWith("sizes", StringComparison.Ordinal) ? new(SmallModels.Inputs, [9, 7], 3, Options)
            : Model();
        Dataset data = difference.StartsWith("training", StringComparison.Ordinal) ? SmallModels.Data(MlpTask.MulticlassClassification, 3, 61) : Data;
        Assert.Contains(difference, Assert.Throws<ArgumentException>(() => model.Fit(data, options)).Message, StringComparison.Ordinal);
        Assert.False(model.IsFitted);
    }

    [Fact]
    public void One_checkpoint_serves_several_runs()
    {
        SparseMlp whole = Train(new CheckpointCallback(_folder) { EverySteps = 1, KeepLast = 6 });
        var checkpoint = Checkpoint.Load(Path.Combine(_folder, "step-000000000011.checkpoint"));
        for (int i = 0; i < 3; i++)
        {
            SparseMlp resumed = Model();
            resumed.Fit(Data, Fit with { ResumeFrom = checkpoint });
            Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));
            Assert.Equal(11, checkpoint.Step);
        }
    }

    [Fact]
    public void Every_change_of_a_byte_and_every_cut_is_found()
    {
        Train(new CheckpointCallback(_folder) { EverySteps = 7, KeepLast = 100, EveryEpochs = 0 });
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, "step-000000000007.checkpoint"));
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => Checkpoint.Read(new MemoryStream(bytes)));
            bytes[i] ^= 0x41;
            Assert.Throws<InvalidDataException>(() => Checkpoint.Read(new MemoryStream(bytes, 0, i)));
        }

        Assert.NotNull(Checkpoint.Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void A_checkpoint_of_another_network_behind_the_right_words_does_not_fit()
    {
        Train(new CheckpointCallback(_folder));
        Checkpoint own = Checkpoint.LoadNewest(_folder)!;
        string other = _folder + "-other";
        new SparseMlp(SmallModels.Inputs, [9, 7], 3, Options).Fit(Data, Fit with { Callbacks = [new CheckpointCallback(other)] });
        RunState mixed = Checkpoint.LoadNewest(other)!.Run with { Fingerprint = own.Run.Fingerprint };
        string path = Path.Combine(other, "mixed.checkpoint");
        AtomicFile.Write(path, stream => SectionSequence.Write(stream, CheckpointFile.Sections(mixed)));
        Assert.Throws<InvalidDataException>(() => Model().Fit(Data, Fit with { ResumeFrom = Checkpoint.Load(path) }));
    }

    [Fact]
    public void A_save_that_fails_ends_the_run_and_leaves_the_model_usable()
    {
        SparseMlp model = Model();
        var breaker = new FolderBreaker(_folder);
        Assert.ThrowsAny<IOException>(() => model.Fit(Data, Fit with { Callbacks = [new CheckpointCallback(_folder), breaker] }));
        Assert.True(model.IsFitted);
        Assert.Equal(3, model.Predict(SmallModels.Samples(1)).Length);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { EveryEpochs = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { EverySteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointCallback("x") { KeepLast = 0 });
        Assert.Throws<ArgumentException>(() => new CheckpointCallback(""));
    }

    [Fact]
    public void A_checkpoint_whose_numbers_do_not_fit_each_other_is_damaged()
    {
        Train(new CheckpointCallback(_folder));
        RunState run = Checkpoint.LoadNewest(_folder)!.Run;
        foreach (Action<TrainerState> forge in new Action<TrainerState>[]
        {
            state => state.Records.Clear(),
            state => state.EpochLosses.Clear(),
            state => state.BestEpoch = 200,
            state => state.BestEpoch = 0,
            state => state.Epoch++,
        })
        {
            TrainerState state = run.Trainer.Clone();
            forge(state);
            string path = Path.Combine(_folder, "forged.checkpoint");
            AtomicFile.Write(path, stream => SectionSequence.Write(stream, CheckpointFile.Sections(run with { Trainer = state })));
            Assert.Contains("is the best", Assert.Throws<InvalidDataException>(() => Checkpoint.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_without_a_file_is_passed_over()
    {
        Train(new CheckpointCallback(_folder));
        string gone = Path.Combine(_folder, "step-000000000099.checkpoint");
        File.CreateSymbolicLink(gone, Path.Combine(_folder, "nothing"));
        var logger = new ListLogger();
        Checkpoint newest = Checkpoint.LoadNewest(_folder, logger)!;
        Assert.Equal(16, newest.Step);
        Assert.Contains(gone, Assert.Single(newest.PassedOver), StringComparison.Ordinal);
        Assert.Single(logger.Messages);
    }

    [Fact]
    public async Task The_newest_can_be_read_while_a_run_replaces_it()
    {
        using var ended = new CancellationTokenSource();
        Task<int> reading = Task.Run(() =>
        {
            int read = 0;
            while (!ended.IsCancellationRequested)
            {
                read += Checkpoint.LoadNewest(_folder) is null ? 0 : 1;
            }

            return read;
        }, TestContext.Current.CancellationToken);
        Train(new CheckpointCallback(_folder) { EverySteps = 1, EveryEpochs = 0, KeepLast = 1 }, epochs: 60);
        await ended.CancelAsync();
        Assert.True(await reading > 0);
    }

    private static SparseMlp Model() => new(SmallModels.Inputs, [9, 8], 3, Options);

    private static SparseMlp Train(CheckpointCallback checkpoints, int epochs = 4)
    {
        SparseMlp model = Model();
        model.Fit(Data, Fit with { Epochs = epochs, Callbacks = [checkpoints] });
        return model;
    }

    private string[] Names() => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>Puts a file where the folder was, as if the disk had gone away.</summary>
    private sealed class FolderBreaker(string folder) : TrainingCallback
    {
        public override TrainingDecision OnEpochEnd(EpochRecord record)
        {
            if (record.Epoch == 2)
            {
                Directory.Delete(folder, true);
                File.WriteAllText(folder, "");
            }

            return TrainingDecision.Continue;
        }
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
