using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Persistence;

/// <summary>A run that goes on from a checkpoint ends with the bits of one that was never stopped, from every step.</summary>
public class ResumeTests
{
    private static readonly SparseMlpOptions Small = new() { Epsilon = 2, Dropout = 0.2, Seed = 7 };

    private static readonly Dictionary<string, SparseMlpOptions> Models = new()
    {
        ["dense"] = Small with { Layers = LayerKind.Dense },
        ["fixprob"] = Small with { Evolution = TopologyEvolution.None },
        ["set"] = Small,
        ["ldv"] = Small with { Evolution = TopologyEvolution.Ldv() },
        ["osv"] = Small with { Evolution = TopologyEvolution.Osv() },
        ["exd"] = Small with { Evolution = TopologyEvolution.Exd() with { LastEpoch = LastEpochRewire.PruneOnly } },
        ["masked"] = Small with { Layers = LayerKind.MaskedDense },
        ["masked-rebuilt"] = Small with { Layers = LayerKind.MaskedDenseRebuilt, Optimizer = KnownOptimizers.Adam() },
        ["rigl"] = Small with { Evolution = TopologyEvolution.RigL(everySteps: 3) },
        ["gradient-at-epochs"] = Small with { Evolution = TopologyEvolution.Set() with { Grow = GrowCriteria.LargestGradient } },
        ["every-2-steps"] = Small with { Evolution = TopologyEvolution.Set() with { Interval = EvolutionInterval.EverySteps(2) } },
        ["sgd"] = Small with { Optimizer = KnownOptimizers.Sgd(0.1) },
        ["nesterov"] = Small with { Optimizer = KnownOptimizers.Nesterov(0.05) },
        ["rmsprop"] = Small with { Optimizer = KnownOptimizers.RmsProp() },
        ["adam"] = Small with { Optimizer = KnownOptimizers.Adam() },
        ["adamw"] = Small with { Optimizer = KnownOptimizers.AdamW(), GradientClipping = SparseTraining.Optimizers.GradientClipping.ByGlobalNorm(1) },
        ["srelu-scaled"] = Small with { HiddenActivation = KnownActivations.SRelu(), FeatureScaling = FeatureScaling.Standard, OutputLayer = OutputLayerKind.SparseEvolving },
        ["undone-epochs"] = Small with { Optimizer = KnownOptimizers.Momentum(0.5), LearningRateSchedule = LearningRateSchedules.LossDriven(1.5, 0.5, 0.001) },
        ["one-cycle"] = Small with { LearningRateSchedule = LearningRateSchedules.OneCycle() },
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_method_and_optimizer_resumes_from_every_step(string name) =>
        ResumesFromEveryStep(Models[name], SmallModels.Data(MlpTask.MulticlassClassification, 3), new FitOptions { Epochs = 4, BatchSize = 13 });

    [Fact]
    public void Early_stopping_with_validation_and_class_weights_resumes_from_every_step() =>
        ResumesFromEveryStep(
            Small with { Optimizer = KnownOptimizers.Momentum(0.3) },
            SmallModels.Data(MlpTask.MulticlassClassification, 3),
            new FitOptions
            {
                Epochs = 12,
                BatchSize = 20,
                Validation = Blobs.Data(20, SmallModels.Inputs, 3, seed: 4),
                EarlyStopping = new() { Patience = 2, MinDelta = 0.01 },
                ClassWeights = [1f, 2f, 0.5f],
            });

    [Fact]
    public void A_source_that_does_not_say_how_many_samples_it_holds_resumes_from_every_step() =>
        ResumesFromEveryStep(
            Small with { LearningRateSchedule = LearningRateSchedules.Cosine() },
            new UncountedSource(SmallModels.Data(MlpTask.MulticlassClassification, 3)),
            new FitOptions { Epochs = 3, BatchSize = 13 });

    [Fact]
    public void Regression_without_shuffling_resumes_from_every_step() =>
        ResumesFromEveryStep(
            Small with { Task = MlpTask.Regression },
            SmallModels.Data(MlpTask.Regression, 3),
            new FitOptions { Epochs = 3, BatchSize = 16, Shuffle = false, Validation = SmallModels.Data(MlpTask.Regression, 3, 10) });

    [Fact]
    public void A_warm_start_resumes_from_every_step()
    {
        string folder = Folder();
        Dataset data = SmallModels.Data(MlpTask.MulticlassClassification, 3);
        var options = new FitOptions { Epochs = 2, BatchSize = 16 };
        SparseMlp whole = Model(Small);
        whole.Fit(data, options);
        whole.Fit(data, options with { WarmStart = true, Callbacks = [new CheckpointCallback(folder) { EverySteps = 1, KeepLast = 100 }] });
        foreach ((string path, _) in Checkpoint.Files(folder))
        {
            SparseMlp resumed = Model(Small);
            resumed.Fit(data, options with { ResumeFrom = Checkpoint.Load(path) });
            Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));
        }
    }

    [Fact]
    public void A_run_stopped_by_a_callback_or_cancelled_resumes()
    {
        Dataset data = SmallModels.Data(MlpTask.MulticlassClassification, 3);
        var options = new FitOptions { Epochs = 4, BatchSize = 13 };
        SparseMlp whole = Model(Small);
        whole.Fit(data, options);
        for (int stop = 1; stop < 20; stop++)
        {
            string folder = Folder();
            using var cancel = new CancellationTokenSource();
            int at = stop;
            var watcher = new Watcher(record =>
            {
                if (record.Step == at && at % 2 == 0)
                {
                    cancel.Cancel();
                }

                return record.Step == at && at % 2 == 1 ? TrainingDecision.Stop : TrainingDecision.Continue;
            });
            var checkpoints = new CheckpointCallback(folder) { EverySteps = 1 };
            try
            {
                Model(Small).Fit(data, options with { Callbacks = [watcher, checkpoints], CancellationToken = cancel.Token });
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(0, at % 2);
            }

            Checkpoint? newest = Checkpoint.LoadNewest(folder);
            Assert.InRange(newest?.Step ?? 0, at - 1, 20);
            SparseMlp resumed = Model(Small);
            resumed.Fit(data, options with { ResumeFrom = newest, Callbacks = [checkpoints] });
            Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));
        }
    }

    [Fact]
    public void Two_models_that_train_at_once_do_not_disturb_each_other()
    {
        Dataset data = SmallModels.Data(MlpTask.MulticlassClassification, 3);
        byte[] Train(ulong seed)
        {
            SparseMlp model = Model(Small with { Seed = seed, HiddenActivation = KnownActivations.SRelu() });
            model.Fit(data, new FitOptions { Epochs = 20, BatchSize = 13, MaxDegreeOfParallelism = 2 });
            return SmallModels.Bytes(model);
        }

        byte[][] alone = [Train(1), Train(2)];
        byte[][] together = new byte[2][];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() => together[i] = Train((ulong)i + 1)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(alone, together);
    }

    private static void ResumesFromEveryStep(SparseMlpOptions model, BatchSource data, FitOptions options)
    {
        string folder = Folder();
        SparseMlp whole = Model(model);
        FitResult fit = whole.Fit(data, options with { Callbacks = [new CheckpointCallback(folder) { EverySteps = 1, KeepLast = 1000 }], MaxDegreeOfParallelism = 1 });
        RunState end = Checkpoint.LoadNewest(folder)!.Run;
        IReadOnlyList<(string Path, long Step)> files = Checkpoint.Files(folder);
        Assert.Equal(fit.Final.Step, files.Count);

        for (int i = 0; i < files.Count; i++)
        {
            string again = Folder();
            SparseMlp resumed = Model(model);
            FitResult result = resumed.Fit(data, options with
            {
                ResumeFrom = Checkpoint.Load(files[i].Path),
                MaxDegreeOfParallelism = 1 + (i % 3),
                Callbacks = [new CheckpointCallback(again) { KeepLast = 1000 }],
            });
            Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(resumed));
            Assert.Equal(fit.History.Select(WithoutTime), result.History.Select(WithoutTime));
            Assert.Equal(fit.History.Select(e => e.Validation?.ToString()), result.History.Select(e => e.Validation?.ToString()));
            Assert.Equal((fit.StopReason, fit.BestEpoch, fit.RestoredBestWeights), (result.StopReason, result.BestEpoch, result.RestoredBestWeights));
            if (files[i].Step < fit.Final.Step)
            {
                AssertSame(end, Checkpoint.LoadNewest(again)!.Run);
            }

            if (i % 6 == 1 && files[i].Step < fit.Final.Step)
            {
                // What a resumed run wrote must do as well.
                SparseMlp twice = Model(model);
                twice.Fit(data, options with { ResumeFrom = Checkpoint.Load(Checkpoint.Files(again)[0].Path) });
                Assert.Equal(SmallModels.Bytes(whole), SmallModels.Bytes(twice));
            }
        }
    }

    private static void AssertSame(RunState expected, RunState actual)
    {
        Assert.Equal(expected.Counters, actual.Counters);
        Assert.Equal(expected.Network.Masks, actual.Network.Masks);
        for (int i = 0; i < expected.Network.Parameters.Length; i++)
        {
            Assert.Equal(expected.Network.Parameters[i].Values, actual.Network.Parameters[i].Values);
            Assert.Equal(expected.Network.Parameters[i].FirstState, actual.Network.Parameters[i].FirstState);
            Assert.Equal(expected.Network.Parameters[i].SecondState, actual.Network.Parameters[i].SecondState);
        }
    }

    private static EpochRecord WithoutTime(EpochRecord record) =>
        record with { TrainingSeconds = 0, RewireSeconds = 0, EvaluationSeconds = 0, Validation = null };

    private static SparseMlp Model(SparseMlpOptions options) => new(SmallModels.Inputs, [9, 8], 3, options);

    private static string Folder() => Directory.CreateTempSubdirectory("sparse-").FullName;

    private sealed class Watcher(Func<StepRecord, TrainingDecision> decide) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record) => decide(record);
    }

    private sealed class UncountedSource(Dataset data) : BatchSource
    {
        public override int FeatureCount => data.FeatureCount;

        public override TargetKind TargetKind => data.TargetKind;

        public override int TargetCount => data.TargetCount;

        public override long? SampleCount => null;

        public override BatchReader OpenPass(RandomGenerator? random) => data.OpenPass(random);
    }
}
