using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Schedules;
using SparseTraining.Tests.Persistence;
using SparseTraining.Training;

namespace SparseTraining.Tests.Training;

/// <summary>
/// At the end of an epoch the network is measured, then it is decided whether to go on, then links are rewired: what a run leaves, or goes
/// back to, is what was measured.
/// </summary>
public class EpochEndTests
{
    private static readonly Dataset Train = Blobs.Data(200);
    private static readonly Dataset Validation = Blobs.Data(80, seed: 7);

    private static readonly SparseMlpOptions Options = new()
    {
        Epsilon = 3,
        Seed = 5,
        Evolution = TopologyEvolution.Set(ZetaSchedules.Constant(0.5)) with { GrownWeights = GrownWeights.Zero },
    };

    [Theory]
    [InlineData(MonitoredMetric.TrainingLoss)]
    [InlineData(MonitoredMetric.ValidationLoss)]
    [InlineData(MonitoredMetric.ValidationAccuracy)]
    public void The_best_weights_that_come_back_are_those_that_were_measured(MonitoredMetric metric)
    {
        SparseMlp mlp = Model();
        var ends = new Watcher(mlp);
        FitResult result = mlp.Fit(Train, new()
        {
            Epochs = 60,
            BatchSize = 20,
            Validation = Validation,
            EarlyStopping = new() { Metric = metric, Patience = 2, MinDelta = 0.02 },
            Callbacks = [ends],
        });
        Assert.True(result.RestoredBestWeights);
        Assert.Equal(ends.Weights[result.BestEpoch - 1], SparseMlpFitTests.Weights(mlp));
        Assert.Equal(result.History[result.BestEpoch - 1].Validation!.Loss, mlp.Evaluate(Validation).Loss);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_ends_early_leaves_no_untrained_links(bool byPatience)
    {
        SparseMlp mlp = Model();
        var ends = new Watcher(mlp, stopAt: byPatience ? 0 : 5);
        FitResult result = mlp.Fit(Train, new()
        {
            Epochs = 60,
            BatchSize = 20,
            Validation = Validation,
            EarlyStopping = byPatience ? new() { Patience = 1, MinDelta = 10, RestoreBestWeights = false } : null,
            Callbacks = [ends],
        });
        Assert.Equal(byPatience ? StopReason.EarlyStopping : StopReason.Callback, result.StopReason);
        Assert.Equal(ends.Weights[^1], SparseMlpFitTests.Weights(mlp));
        Assert.Equal(0, result.History[^1].LinksPruned);
        Assert.True(result.History[^2].LinksPruned > 0);
        Assert.True(ends.Rewires == result.History.Count - 1, "the last epoch has no rewire");
    }

    [Fact]
    public void A_run_that_ends_early_prunes_for_the_last_time_if_it_is_to()
    {
        SparseMlp mlp = Model(Options with { Evolution = Options.Evolution with { LastEpoch = LastEpochRewire.PruneOnly } });
        long links = mlp.LinkCount;
        FitResult result = mlp.Fit(Train, new() { Epochs = 60, BatchSize = 20, Validation = Validation, Callbacks = [new Watcher(mlp, stopAt: 3)] });
        Assert.Equal(result.History[^1].Validation!.Loss, mlp.Evaluate(Validation).Loss);
        Assert.Equal(0, result.History[^1].LinksGrown);
        Assert.Equal(links - result.History[^1].LinksPruned, mlp.LinkCount);
        Assert.True(mlp.LinkCount < links);
    }

    [Fact]
    public void A_run_that_goes_back_to_earlier_weights_is_not_pruned_before()
    {
        SparseMlp mlp = Model(Options with { Evolution = Options.Evolution with { LastEpoch = LastEpochRewire.PruneOnly } });
        long links = mlp.LinkCount;
        FitResult result = mlp.Fit(Train, new() { Epochs = 4, BatchSize = 20, Validation = Validation, EarlyStopping = new() { MinDelta = 10 } });
        Assert.True(result.RestoredBestWeights);
        Assert.Equal((links, 0), (mlp.LinkCount, result.History[^1].LinksPruned));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_kept_leaves_the_measured_model_all_the_same()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("sparse-").FullName, "run");
        SparseMlp mlp = Model();
        Watcher? ends = null;
        ends = new Watcher(mlp, stopAt: 3, then: () =>
        {
            if (ends!.Weights.Count == 3)
            {
                Directory.Delete(folder, true);
                File.WriteAllText(folder, "");
            }
        });
        Assert.ThrowsAny<IOException>(() => mlp.Fit(Train, new() { Epochs = 6, BatchSize = 20, Callbacks = [ends, new CheckpointCallback(folder)] }));
        Assert.Equal(ends.Weights[^1], SparseMlpFitTests.Weights(mlp));
    }

    [Fact]
    public void Callbacks_hear_of_the_rewire_after_the_epoch_and_the_result_holds_it()
    {
        SparseMlp mlp = Model();
        var ends = new Watcher(mlp);
        FitResult result = mlp.Fit(Train, new() { Epochs = 3, BatchSize = 20, Callbacks = [ends] });
        Assert.Equal(["epoch 1", "rewire 1", "epoch 2", "rewire 2", "epoch 3"], ends.Events);
        Assert.Equal([0.5, 0.5, double.NaN], result.History.Select(record => record.Zeta));
        Assert.All(ends.Records, record => Assert.Equal(0, record.LinksPruned));
    }

    [Fact]
    public void A_checkpoint_of_an_epoch_that_a_callback_ended_leads_to_the_undisturbed_run()
    {
        string folder = Directory.CreateTempSubdirectory("sparse-").FullName;
        FitOptions run = new() { Epochs = 6, BatchSize = 20, Validation = Validation };
        SparseMlp whole = Model();
        whole.Fit(Train, run);

        SparseMlp stopped = Model();
        FitResult kept = stopped.Fit(Train, run with { Callbacks = [new Watcher(stopped, stopAt: 3), new CheckpointCallback(folder)] });
        SparseMlp without = Model();
        FitResult plain = without.Fit(Train, run with { Callbacks = [new Watcher(without, stopAt: 3)] });
        Assert.Equal(SmallModels.Bytes(without), SmallModels.Bytes(stopped));
        Assert.Equal(plain.History.Select(record => record.LinksPruned), kept.History.Select(record => record.LinksPruned));

        Checkpoint checkpoint = Checkpoint.LoadNewest(folder)!;
        Assert.Equal(3, checkpoint.Epoch);
        Assert.True(checkpoint.History[^1].LinksPruned > 0);
        SparseMlp resumed = Model();
        resumed.Fit(Train, run with { ResumeFrom = checkpoint });
        Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));

        // Nor does what was kept for others show in a run that goes on from the model itself.
        stopped.Fit(Train, run with { WarmStart = true });
        without.Fit(Train, run with { WarmStart = true });
        Assert.Equal(SmallModels.Bytes(without), SmallModels.Bytes(stopped));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_callback_may_measure_and_save_the_model_that_is_being_trained(bool again)
    {
        SparseMlp mlp = Model(Options with { FeatureScaling = FeatureScaling.Standard });
        if (again)
        {
            mlp.Fit(Blobs.Data(60, seed: 11), new() { Epochs = 1 });
        }

        var losses = new List<double>();
        FitResult result = mlp.Fit(Train, new()
        {
            Epochs = 3,
            BatchSize = 20,
            Validation = Validation,
            Callbacks = [new Watcher(mlp, then: () => losses.AddRange([mlp.Evaluate(Validation).Loss, Loaded(mlp).Evaluate(Validation).Loss]))],
        });
        Assert.Equal(result.History.SelectMany(record => Enumerable.Repeat(record.Validation!.Loss, 2)), losses);
    }

    [Fact]
    public void Fit_within_Fit_is_refused_and_the_run_goes_on()
    {
        SparseMlp mlp = Model();
        var messages = new List<string>();
        FitResult result = mlp.Fit(Train, new()
        {
            Epochs = 2,
            Callbacks = [new Watcher(mlp, then: () => messages.Add(Assert.Throws<InvalidOperationException>(() => mlp.Fit(Train)).Message))],
        });
        Assert.Equal(2, result.History.Count);
        Assert.All(messages, message => Assert.Contains("Fit is running", message, StringComparison.Ordinal));
        mlp.Fit(Train, new() { Epochs = 1 });
    }

    [Fact]
    public void Rewires_by_steps_know_no_end_where_the_run_has_none()
    {
        SparseMlp mlp = Model(Options with { Evolution = Options.Evolution with { Interval = EvolutionInterval.EverySteps(1) } });
        var ends = new Watcher(mlp, stopAt: 1);
        mlp.Fit(Train, new() { Epochs = int.MaxValue, BatchSize = 100, Callbacks = [ends] });
        Assert.Equal(2, ends.Rewires);
    }

    private static SparseMlp Model(SparseMlpOptions? options = null) => new(20, [30, 30], 4, options ?? Options);

    private static SparseMlp Loaded(SparseMlp mlp)
    {
        using var stream = new MemoryStream();
        mlp.Save(stream);
        stream.Position = 0;
        return SparseMlp.Load(stream);
    }

    private sealed class Watcher(SparseMlp mlp, int stopAt = 0, Action? then = null) : TrainingCallback
    {
        private float[] _afterStep = [];

        /// <summary>Those after the last step of each epoch.</summary>
        public List<float[]> Weights { get; } = [];

        public List<EpochRecord> Records { get; } = [];

        public List<string> Events { get; } = [];

        public int Rewires { get; private set; }

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            _afterStep = SparseMlpFitTests.Weights(mlp);
            return TrainingDecision.Continue;
        }

        public override TrainingDecision OnEpochEnd(EpochRecord record)
        {
            Weights.Add(_afterStep);
            Records.Add(record);
            Events.Add($"epoch {record.Epoch}");
            then?.Invoke();
            return record.Epoch == stopAt ? TrainingDecision.Stop : TrainingDecision.Continue;
        }

        public override void OnRewire(RewireRecord record)
        {
            Rewires++;
            Events.Add($"rewire {record.Epoch}");
        }
    }
}
