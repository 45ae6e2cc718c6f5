using System.Diagnostics;
using SparseTraining;
using SparseTraining.Datasets;
using SparseTraining.Persistence;
using SparseTraining.Training;
using ThesisExperiments.Data;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;
using ThesisExperiments.Views;

namespace ThesisExperiments.Running;

/// <summary>Trains one network to the end, keeping its results and checkpoints on the way.</summary>
internal sealed class TrainingRun(RunPlan plan, DataParts data, ResultFolder folder, int threads)
{
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromSeconds(10);

    // The changes of the published SET code: shifts by up to a tenth, turns by up to 10 degrees, mirror images.
    private static readonly ImageAugmentationOptions Augmentation = new()
    {
        HorizontalShift = ImageShift.Fraction(0.1),
        VerticalShift = ImageShift.Fraction(0.1),
        RotationDegrees = 10,
        HorizontalFlipProbability = 0.5,
    };

    private readonly SparseMlp _mlp = plan.CreateNetwork();

    /// <summary>Trains, from the newest checkpoint if there is one.</summary>
    /// <param name="view">Shows the run.</param>
    /// <param name="progress">How far all work is.</param>
    /// <param name="estimate">Seconds that it would take by the estimate.</param>
    /// <param name="stop">Ends it between two steps.</param>
    /// <returns>What it came to; unfinished if it was stopped.</returns>
    public RunResult Train(IRunView view, Progress progress, double estimate, CancellationToken stop)
    {
        string checkpoints = folder.Checkpoints(plan.Experiment.Key, plan.Data.Key, plan.Configuration, plan.Run);
        Checkpoint? resumed = Checkpoint.LoadNewest(checkpoints);
        var history = new History();
        foreach (EpochRecord record in resumed?.History ?? [])
        {
            history.Add(record);
        }

        RunResult result = Start(history, resumed is not null);
        string stored = result.Data.IsGenerated ? $"{plan.Data.Name} (generated)" : plan.Data.Name;
        progress.Begin(estimate, (double)history.Count / plan.Epochs);
        view.Begin($"{plan.Experiment.Key}, {stored}, {plan.Configuration}, run {plan.Run}", progress, history);

        (int everyEpochs, long everySteps) = Work.CheckpointInterval(_mlp, data.Train, plan.Settings.BatchSize);
        var watcher = new Watcher(view, history, BetweenSaves, () => folder.Save(WithTimes(result)));
        FitResult? fit = null;
        try
        {
            fit = _mlp.Fit(plan.Experiment.Augmented ? Augmented() : data.Train, new FitOptions
            {
                Epochs = plan.Epochs,
                BatchSize = plan.Settings.BatchSize,
                Validation = data.Test,
                Callbacks = [watcher, new CheckpointCallback(checkpoints) { EveryEpochs = everyEpochs, EverySteps = everySteps }],
                Progress = watcher,
                ResumeFrom = resumed,
                MaxDegreeOfParallelism = threads,
                CancellationToken = stop,
            });
            result = Finish(result with { Status = RunStatus.Completed }, fit);
        }
        catch (TrainingDivergedException exception)
        {
            result = WithTimes(result with { Status = RunStatus.Diverged, Message = exception.Message });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            result = WithTimes(result);
        }

        folder.Save(result);
        if (result.Status != RunStatus.Unfinished && Directory.Exists(checkpoints))
        {
            Directory.Delete(checkpoints, recursive: true);
        }

        progress.End();
        view.End(Line(result));
        return result;
    }

    private static string Line(RunResult result) => result.Status switch
    {
        RunStatus.Diverged => $"diverged after {result.History.Count} epochs",
        RunStatus.Unfinished => $"stopped after {result.History.Count} of {result.Epochs} epochs",
        _ => $"test accuracy {result.FinalAccuracy:P2}, best {result.BestAccuracy:P2}, {result.Times.TotalTrainingSeconds:F1} s training, "
            + $"{result.ParameterCount:N0} parameters",
    };

    private ImageAugmentation Augmented() => new(data.Train, FashionMnist.ImageShape, Augmentation);

    private RunResult Start(History history, bool wasResumed) => new()
    {
        Experiment = plan.Experiment.Key,
        Data = Facts(plan, data),
        Method = plan.Method.Key,
        MethodName = plan.Method.Name,
        Configuration = plan.Configuration,
        SettingsName = plan.Settings.Name,
        FirstWeights = plan.FirstWeights.ToString(),
        Run = plan.Run,
        Seed = plan.Seed,
        Status = RunStatus.Unfinished,
        Quick = plan.Quick,
        StartedUtc = DateTime.UtcNow,
        WasResumed = wasResumed,
        Machine = Machine.Here(threads),
        Settings = plan.Describe(data.IsGenerated),
        Epochs = plan.Epochs,
        Links = _mlp.LinkCount,
        ParameterCount = _mlp.ParameterCount,
        DenseParameterCount = _mlp.Summary().DenseParameterCount,
        Times = new RunTimes(double.NaN, double.NaN, 0, 0, double.NaN, double.NaN),
        Bytes = new RunBytes(0, _mlp.Summary().TrainingStateBytes, 0),
        History = history,
    };

    /// <summary>The data as results describe it.</summary>
    public static DataFacts Facts(RunPlan plan, DataParts data) => new(
        plan.Data.Key, plan.Data.Name, data.IsGenerated, data.Train.Count, data.Test.Count, plan.Data.Features, plan.Data.Classes);

    private static RunResult WithTimes(RunResult result) => result with
    {
        Times = result.Times with
        {
            MedianTrainingSeconds = History.Significant(Numbers.Median(result.History.TrainingSeconds)),
            MedianEvolutionSeconds = History.Significant(Numbers.Median(result.History.EvolutionSeconds.Where(s => s > 0))),
            TotalTrainingSeconds = History.Significant(result.History.TrainingSeconds.Sum()),
            TotalEvolutionSeconds = History.Significant(result.History.EvolutionSeconds.Sum()),
        },
    };

    private RunResult Finish(RunResult result, FitResult fit)
    {
        using var file = new MemoryStream();
        _mlp.Save(file);
        result = WithTimes(result);
        return result with
        {
            Links = _mlp.LinkCount,
            ParameterCount = _mlp.ParameterCount,
            Times = result.Times with
            {
                InferenceMicrosecondsPerSample = History.Significant(Inference.Batch(_mlp, data.Test, threads)),
                SingleSampleMicroseconds = History.Significant(Inference.Single(_mlp, data.Test)),
            },
            Bytes = result.Bytes with { Training = fit.TrainingStateBytes, ModelFile = file.Length },
        };
    }

    /// <summary>Hands on what happens to the view, and saves now and then.</summary>
    private sealed class Watcher(IRunView view, History history, TimeSpan betweenSaves, Action save) : TrainingCallback, IProgress<EpochRecord>
    {
        private const long MillisecondsBetweenViews = 100;
        private long _saved = Stopwatch.GetTimestamp();
        private long _viewed;

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            long now = Environment.TickCount64;
            if (now - _viewed >= MillisecondsBetweenViews)
            {
                _viewed = now;
                view.Step((double)record.Step / record.StepCount, $"epoch {record.Epoch}/{record.EpochCount}");
            }

            return TrainingDecision.Continue;
        }

        /// <summary>An epoch with its rewire.</summary>
        public void Report(EpochRecord value)
        {
            history.Add(value);
            view.Epoch(value, history);
            if (Stopwatch.GetElapsedTime(_saved) >= betweenSaves)
            {
                save();
                _saved = Stopwatch.GetTimestamp();
            }
        }
    }
}
