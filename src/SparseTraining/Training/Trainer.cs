using System.Diagnostics;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Schedules;

namespace SparseTraining.Training;

/// <summary>The only loop over epochs and steps.</summary>
internal sealed class Trainer
{
    private readonly Network _network;
    private readonly TrainingPlan _plan;
    private readonly WorkerTeam _team;
    private readonly Workspace _workspace;
    private readonly ForwardPass _forward;
    private readonly BackwardPass _backward;
    private readonly TilePass _bothByTiles;
    private readonly NetworkEvolution _evolution;
    private readonly Evaluator? _evaluator;
    private readonly MetricMonitor _monitor;
    private readonly List<EpochRecord> _records = [];
    private readonly List<double> _epochLosses = [];
    private readonly ulong _dropoutKey;
    private long _stepsPerEpoch;
    private NetworkSnapshot? _best;
    private long _step;
    private int _rewires;
    private int _tiles;
    private double _learningRate;
    private double _trainedRight;

    private Trainer(Network network, TrainingPlan plan, WorkerTeam team)
    {
        _network = network;
        _plan = plan;
        _team = team;
        _workspace = new Workspace(network, plan.BatchSize, forTraining: true);
        _forward = new ForwardPass(network, _workspace);
        _backward = new BackwardPass(network, _workspace, team.Size, plan.Clipping is { IsGlobalNorm: true });
        _bothByTiles = new TilePass(_forward, _backward);
        _evolution = new NetworkEvolution(network, plan.Evolution, plan.Seed);
        _evaluator = plan.Validation is null ? null : new Evaluator(network, plan.Task, plan.Scaler, plan.ClassWeights);
        _monitor = new MetricMonitor(
            plan.EarlyStopping?.Metric ?? (plan.Validation is null ? MonitoredMetric.TrainingLoss : MonitoredMetric.ValidationLoss),
            plan.EarlyStopping?.MinimumImprovement ?? 0);
        _dropoutKey = RandomGenerator.Key(plan.Seed, "dropout");
        _stepsPerEpoch = plan.Source.SampleCount is long samples ? (samples + plan.BatchSize - 1) / plan.BatchSize : -1;
        network.EnsureOptimizerState(plan.Optimizer);
    }

    private long StepCount => _stepsPerEpoch < 0 ? -1 : _stepsPerEpoch * _plan.Epochs;

    /// <summary>Trains a network.</summary>
    public static FitResult Run(Network network, TrainingPlan plan)
    {
        using var team = new WorkerTeam(plan.Threads);
        return new Trainer(network, plan, team).Run();
    }

    private FitResult Run()
    {
        Log.Started(_plan.Logger, _network, _plan);
        var stop = StopReason.Completed;
        for (int epoch = 0; epoch < _plan.Epochs && stop == StopReason.Completed; epoch++)
        {
            stop = RunEpoch(epoch);
        }

        bool restore = _plan.EarlyStopping is { RestoreBestWeights: true } && _best is not null && _monitor.BestEpoch != _records[^1].Epoch;
        if (restore)
        {
            _best!.Restore(_network);
        }

        Log.Finished(_plan.Logger, stop, _monitor.BestEpoch);
        long bytes = _workspace.Bytes + _backward.Bytes + _network.Layers.Sum(layer => layer.TrainingStateBytes);
        return new FitResult(_records, stop, _monitor.BestEpoch, restore, bytes);
    }

    private StopReason RunEpoch(int epoch)
    {
        NetworkSnapshot? before = _plan.LearningRateSchedule.MayUndoEpochs ? new NetworkSnapshot(_network) : null;
        var pass = new EpochPass();
        long start = Stopwatch.GetTimestamp();
        bool stopped = Train(epoch, pass);
        ThrowIfParametersDiverged(epoch);
        double loss = pass.LossSum / pass.Samples;
        _epochLosses.Add(loss);
        double trainingSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds - pass.RewireSeconds;

        bool undone = before is not null && _plan.LearningRateSchedule.ShouldUndoEpoch(Progress(epoch, _stepsPerEpoch));
        if (undone)
        {
            before!.Restore(_network);
        }
        else if (_evolution.IsActive && _plan.Evolution.Interval == EvolutionInterval.EveryEpoch)
        {
            RewireAfterEpoch(epoch, pass, isLast: stopped || epoch == _plan.Epochs - 1);
        }

        start = Stopwatch.GetTimestamp();
        EvaluationResult? validation = _evaluator?.Evaluate(_plan.Validation!, _team, _plan.Cancellation, "validation");
        var record = new EpochRecord
        {
            Epoch = epoch + 1,
            EpochCount = _plan.Epochs,
            Step = _step,
            TrainingLoss = loss,
            TrainingAccuracy = _plan.Task == MlpTask.Regression ? double.NaN : _trainedRight / pass.Samples,
            Validation = validation,
            LearningRate = _learningRate,
            Zeta = pass.Zeta,
            LinksPruned = pass.Pruned,
            LinksGrown = pass.Grown,
            WasUndone = undone,
            TrainingSeconds = trainingSeconds,
            RewireSeconds = pass.RewireSeconds,
            EvaluationSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
        return Finish(record, stopped);
    }

    /// <summary>Records an epoch, tells everybody, and decides whether to go on.</summary>
    private StopReason Finish(EpochRecord record, bool stopped)
    {
        _records.Add(record);
        if (_monitor.Add(record) && _plan.EarlyStopping is { RestoreBestWeights: true })
        {
            _best = new NetworkSnapshot(_network);
        }

        Log.EpochEnded(_plan.Logger, record);
        _plan.Progress?.Report(record);
        foreach (TrainingCallback callback in _plan.Callbacks)
        {
            stopped |= callback.OnEpochEnd(record) == TrainingDecision.Stop;
        }

        return stopped ? StopReason.Callback
            : _plan.EarlyStopping is { } early && _monitor.EpochsWithoutImprovement >= early.Patience ? StopReason.EarlyStopping
            : StopReason.Completed;
    }

    /// <summary>Takes all steps of an epoch; true if a callback asked to stop.</summary>
    private bool Train(int epoch, EpochPass pass)
    {
        var batch = new MiniBatch(_plan.BatchSize, _plan.Source.FeatureCount, _plan.Source.TargetKind, _plan.Source.TargetCount);
        RandomGenerator? order = _plan.Shuffle ? RandomGenerator.Named(_plan.Seed, $"order/{_network.EpochsBegun}") : null;
        _network.EpochsBegun++;
        using BatchReader reader = _plan.Source.OpenPass(order);
        _trainedRight = 0;
        long stepInEpoch = 0;
        for (int count = reader.Read(batch); count > 0; count = reader.Read(batch))
        {
            _plan.Cancellation.ThrowIfCancellationRequested();
            if (_plan.Source is not Dataset)
            {
                BatchChecks.ThrowIfUnfit(batch, count, _network.OutputSize, _plan.Task, "train");
            }

            double loss = Step(batch, count, epoch, stepInEpoch++);
            pass.LossSum += loss * count;
            pass.Samples += count;
            if (_plan.Evolution.Interval.StepCount is > 0 and int every && _step % every == 0 && _evolution.IsActive)
            {
                RewireAfterStep(every, loss, pass);
            }

            var record = new StepRecord(_step, StepCount, epoch + 1, _plan.Epochs, loss, _learningRate);
            for (int i = 0; i < _plan.Callbacks.Count; i++)
            {
                if (_plan.Callbacks[i].OnStepEnd(record) == TrainingDecision.Stop)
                {
                    return true;
                }
            }
        }

        // A source that did not say how many samples it holds has shown it now.
        _stepsPerEpoch = stepInEpoch;
        return pass.Samples > 0 ? false : throw new ArgumentException("There are no samples; at least 1 is needed.", "train");
    }

    /// <summary>One step: forward, loss, backward with the update. Returns the mean loss.</summary>
    private double Step(MiniBatch batch, int count, int epoch, long stepInEpoch)
    {
        _step++;
        _network.OptimizerSteps++;
        _tiles = _workspace.Layout.Used(count);
        ulong dropoutKey = _dropoutKey + (ulong)_network.StepsTaken * 0x9e3779b97f4a7c15;
        _forward.Prepare(batch, count, _plan.Scaler, _plan.ClassWeights, training: true, dropoutKey);
        _backward.Prepare(_tiles, dropoutKey);
        if (_backward.IsByTiles)
        {
            _team.Run(_bothByTiles, _tiles);
        }
        else
        {
            _forward.Run(_team);
        }

        double loss = 0;
        for (int i = 0; i < count; i++)
        {
            loss += _workspace.SampleLosses[i];
        }

        loss /= count;
        if (!double.IsFinite(loss))
        {
            throw new TrainingDivergedException($"The loss became {loss}", _step, epoch, FirstLayerNotFinite());
        }

        _trainedRight += CountRight(count);
        _learningRate = _plan.Optimizer.LearningRate * _plan.LearningRateSchedule.GetScale(Progress(epoch, stepInEpoch));
        var rule = new UpdateRule(
            _plan.Optimizer, new UpdateContext(_network.OptimizerSteps, _learningRate), 1f / count, _plan.Regularization, _plan.Clipping);
        _backward.Run(_team, rule, _plan.Clipping is { IsGlobalNorm: true } clipping ? clipping.Limit : 0);
        _network.StepsTaken++;
        return loss;
    }

    private TrainingProgress Progress(int epoch, long stepInEpoch) => new()
    {
        Step = _step - 1,
        StepCount = StepCount,
        Epoch = epoch,
        EpochCount = _plan.Epochs,
        EpochFraction = epoch + (_stepsPerEpoch > 0 ? Math.Min(1, (double)stepInEpoch / _stepsPerEpoch) : 0),
        EpochLosses = _epochLosses,
    };

    private void RewireAfterEpoch(int epoch, EpochPass pass, bool isLast)
    {
        bool pruneOnly = isLast && _plan.Evolution.LastEpoch == LastEpochRewire.PruneOnly;
        if ((isLast && !pruneOnly) || epoch + 1 > _plan.Evolution.StopFraction * _plan.Epochs)
        {
            return;
        }

        Rewire(new ZetaContext(epoch, _plan.Epochs, _epochLosses[^1]), pruneOnly, pass);
    }

    private void RewireAfterStep(int every, double loss, EpochPass pass)
    {
        long steps = StepCount;
        bool pastEnd = steps > 0 && (_step >= steps || _step > _plan.Evolution.StopFraction * steps);
        if (!pastEnd)
        {
            int total = steps > 0 ? (int)Math.Max(1, steps / every) : int.MaxValue;
            Rewire(new ZetaContext(_rewires, total, loss), pruneOnly: false, pass);
        }
    }

    private void Rewire(in ZetaContext context, bool pruneOnly, EpochPass pass)
    {
        long start = Stopwatch.GetTimestamp();
        double zeta = _plan.Evolution.Zeta.GetCheckedZeta(context);
        _rewires++;
        (long pruned, long grown) = _evolution.Rewire(
            _network.Rewires++, zeta, pruneOnly, layer => new BatchGradient(_network, _workspace, _backward, layer));
        pass.Pruned += pruned;
        pass.Grown += grown;
        pass.Zeta = zeta;
        _backward.Plan();

        if (_plan.RebuildsAfterRewire)
        {
            _network.Rebuild(_plan.Optimizer);
        }

        pass.RewireSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Samples of the batch whose class the outputs have right, dropout and all.</summary>
    private int CountRight(int count)
    {
        int outputs = _network.OutputSize;
        int right = 0;
        for (int i = 0; i < count && _plan.Task != MlpTask.Regression; i++)
        {
            int tile = i / _workspace.Layout.Width;
            int width = _workspace.Layout.WidthOf(tile);
            int column = i % _workspace.Layout.Width;
            Span<float> predicted = _workspace.OutputTile(_network.Layers.Length - 1, tile, outputs);
            Span<float> targets = _workspace.TargetTile(tile, outputs);
            right += _plan.Task == MlpTask.MulticlassClassification
                ? BlockColumn.Highest(predicted, width, column) == BlockColumn.Highest(targets, width, column) ? 1 : 0
                : SameSides(predicted, targets, width, column) ? 1 : 0;
        }

        return right;
    }

    private static bool SameSides(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets, int width, int column)
    {
        for (int i = column; i < predicted.Length; i += width)
        {
            if (predicted[i] > 0.5f != targets[i] > 0.5f)
            {
                return false;
            }
        }

        return true;
    }

    private int FirstLayerNotFinite()
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            var used = (int)_workspace.Layout.Length(_network.Layers[i].Linear.OutputSize, _tiles);
            if (_workspace.AllOutputs(i)[..used].ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                return i + 1;
            }
        }

        return _network.Layers.Length;
    }

    /// <summary>The last step of an epoch can leave weights that no loss has seen yet.</summary>
    private void ThrowIfParametersDiverged(int epoch)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            NetworkLayer layer = _network.Layers[i];
            if (layer.Linear.WeightValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || layer.Linear.BiasValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new TrainingDivergedException("A weight is no longer finite", _step, epoch, i + 1);
            }
        }
    }

    /// <summary>What adds up over an epoch.</summary>
    private sealed class EpochPass
    {
        public double LossSum;
        public long Samples;
        public long Pruned;
        public long Grown;
        public double Zeta = double.NaN;
        public double RewireSeconds;
    }
}
