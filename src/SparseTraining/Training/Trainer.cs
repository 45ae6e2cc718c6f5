using System.Diagnostics;
using System.Runtime.ExceptionServices;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Kernels;
using SparseTraining.Randomness;
using SparseTraining.Schedules;

namespace SparseTraining.Training;

/// <summary>The only loop over epochs and steps.</summary>
internal sealed class Trainer
{
    private readonly Network _network;
    private readonly TrainingPlan _plan;
    private readonly WorkerTeam _team;
    private readonly TrainingStep _step;
    private readonly NetworkEvolution _evolution;
    private readonly Evaluator? _evaluator;
    private readonly MetricMonitor _monitor;
    private TrainerState _state;
    private readonly CheckpointSinks _sinks;
    private long _started;

    /// <summary>The divergence of this run, which an undone epoch may end; callbacks may have runs of their own that diverge.</summary>
    private TrainingDivergedException? _divergence;

    private Trainer(Network network, TrainingPlan plan, WorkerTeam team)
    {
        _network = network;
        _plan = plan;
        _team = team;
        _step = new TrainingStep(network, plan, team);
        _evolution = new NetworkEvolution(network, plan.Evolution, plan.Seed);
        _evaluator = plan.Validation is null ? null : new Evaluator(network, plan.Task, plan.Scaler, plan.ClassWeights, plan.Validation.SampleCount);
        _monitor = new MetricMonitor(
            plan.EarlyStopping?.Metric ?? (plan.Validation is null ? MonitoredMetric.TrainingLoss : MonitoredMetric.ValidationLoss),
            plan.EarlyStopping?.MinDelta ?? 0);
        _sinks = new CheckpointSinks(plan.Callbacks);
        _state = plan.Resume?.Trainer.Clone() ?? new TrainerState
        {
            StepsPerEpoch = plan.Source.SampleCount is long samples ? (samples + plan.BatchSize - 1) / plan.BatchSize : -1,
        };
        network.EnsureOptimizerState(plan.Optimizer);
    }

    private long StepCount => _state.StepsPerEpoch < 0 ? -1 : _state.StepsPerEpoch * _plan.Epochs;

    /// <summary>Whether a run that ends after an epoch ends with the weights of an earlier one.</summary>
    private bool GoesBackFrom(int epoch) =>
        _plan.EarlyStopping is { RestoreBestWeights: true } && _state.Best is not null && _state.BestEpoch != epoch;

    private bool HasLostPatience => _plan.EarlyStopping is { } early && _state.EpochsSinceBest >= early.Patience;

    /// <summary>Trains a network.</summary>
    public static FitResult Run(Network network, TrainingPlan plan)
    {
        plan.Resume?.Restore(network, plan.Optimizer);
        using var team = new WorkerTeam(plan.Threads);
        return new Trainer(network, plan, team).Run();
    }

    private FitResult Run()
    {
        _sinks.Begin(_state.Step);
        Log.Started(_plan.Logger, _network, _plan, _team.Size);
        StopReason stop = HasLostPatience ? StopReason.EarlyStopping : StopReason.Completed;
        while (_state.Epoch < _plan.Epochs && stop == StopReason.Completed)
        {
            stop = RunEpoch(_state.Epoch);
        }

        bool restore = GoesBackFrom(_state.Records[^1].Epoch);
        if (restore)
        {
            _network.GoBackTo(_state.Best!, _plan.Optimizer);
        }

        Log.Finished(_plan.Logger, stop, _state.BestEpoch);
        long bytes = _step.Bytes + _network.Layers.Sum(layer => layer.TrainingStateBytes);
        return new FitResult(_state.Records, stop, _state.BestEpoch, restore, bytes);
    }

    private StopReason RunEpoch(int epoch)
    {
        EpochPass pass = _state.Pass ??= new EpochPass
        {
            Before = _plan.LearningRateSchedule.MayUndoEpochs ? NetworkSnapshot.Copy(_network) : null,
        };
        _started = Stopwatch.GetTimestamp();
        bool stopped = false;
        double loss = double.NaN;
        try
        {
            stopped = Train(epoch, pass);
            ThrowIfParametersDiverged(epoch);
            loss = pass.LossSum / pass.Samples;
        }
        catch (TrainingDivergedException e) when (pass.Before is not null && e == _divergence)
        {
            // Whether it is one is for the schedule to say.
        }

        _state.EpochLosses.Add(loss);
        double trainingSeconds = pass.EarlierSeconds + Stopwatch.GetElapsedTime(_started).TotalSeconds - pass.RewireSeconds;
        bool undone = pass.Before is not null && _plan.LearningRateSchedule.ShouldUndoEpoch(Progress(epoch, _state.StepsPerEpoch));
        if (undone)
        {
            _network.GoBackTo(pass.Before!, _plan.Optimizer);
            _step.Plan();
            _state.Step = Math.Max(_state.Step, (epoch + 1) * _state.StepsPerEpoch); // one that diverged has not taken all of its steps
        }
        else if (_divergence is not null)
        {
            ExceptionDispatchInfo.Throw(_divergence);
        }

        _divergence = null;
        var record = new EpochRecord
        {
            Epoch = epoch + 1,
            EpochCount = _plan.Epochs,
            Step = _state.Step,
            TrainingLoss = loss,
            TrainingAccuracy = _plan.Task == MlpTask.Regression ? double.NaN : pass.Right / pass.Samples,
            LearningRate = _state.LearningRate,
            WasUndone = undone,
            TrainingSeconds = trainingSeconds,
        };
        return Finish(Measured(record), pass, stopped);
    }

    private EpochRecord Measured(EpochRecord record)
    {
        long start = Stopwatch.GetTimestamp();
        EvaluationResult? validation = _evaluator?.Evaluate(_plan.Validation!, _team, _plan.Cancellation, "validation");
        return record with { Validation = validation, EvaluationSeconds = record.EvaluationSeconds + Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    /// <summary>
    /// Decides whether to go on, rewires if so, and records the epoch. The decision comes first: a model that training leaves, or goes back to,
    /// is the one that was measured, without the links that a rewire at the epoch's end grows.
    /// </summary>
    private StopReason Finish(EpochRecord record, EpochPass pass, bool stoppedWithin)
    {
        bool isBest = _monitor.Add(record, _state);
        if (isBest && _plan.EarlyStopping is { RestoreBestWeights: true })
        {
            _state.Best = NetworkSnapshot.Copy(_network);
        }

        EpochRecord measured = With(record, pass);
        bool stopped = stoppedWithin;
        foreach (TrainingCallback callback in _plan.Callbacks)
        {
            stopped |= callback.OnEpochEnd(measured) == TrainingDecision.Stop;
        }

        StopReason stop = stopped ? StopReason.Callback : HasLostPatience ? StopReason.EarlyStopping : StopReason.Completed;
        bool isLast = record.Epoch == _plan.Epochs;
        if (stopped && !stoppedWithin && _sinks.Any)
        {
            KeepUndisturbed(record, pass, isBest, isLast || HasLostPatience);
        }

        record = EndEpoch(record, pass, isLast || stop != StopReason.Completed, out RewireRecord? rewire);
        Tell(rewire);
        Log.EpochEnded(_plan.Logger, record);
        _plan.Progress?.Report(record);
        if (!stopped)
        {
            _sinks.AfterEpoch(record, isBest, State());
        }

        return stop;
    }

    /// <summary>
    /// Hands over the state from which a run would go on that a callback ends after an epoch; then all is as before. (A run that was ended
    /// within an epoch has left the way that an undisturbed one takes: it is not to be resumed.)
    /// </summary>
    private void KeepUndisturbed(EpochRecord record, EpochPass pass, bool isBest, bool isLast)
    {
        TrainerState state = _state;
        NetworkCounters counters = NetworkCounters.Of(_network);
        var network = NetworkSnapshot.Copy(_network, withOptimizerState: true);
        try
        {
            _state = state.Clone();
            pass = pass.Clone();
            record = EndEpoch(record, pass, isLast, out _);
            _sinks.AfterEpoch(record, isBest, State());
        }
        finally
        {
            _state = state;
            network.Restore(_network);
            counters.Restore(_network);
        }
    }

    private static EpochRecord With(EpochRecord record, EpochPass pass) => record with
    {
        Zeta = pass.Zeta,
        LinksPruned = pass.Pruned,
        LinksGrown = pass.Grown,
        RewireSeconds = pass.RewireSeconds,
    };

    /// <summary>Rewires if it is time, and records the epoch.</summary>
    private EpochRecord EndEpoch(EpochRecord record, EpochPass pass, bool isLast, out RewireRecord? rewire)
    {
        rewire = RewireAfterEpoch(record, pass, isLast);
        record = With(record, pass);
        if (rewire is not null && isLast)
        {
            // Links have been pruned for the last time: the model that is left has not been measured yet.
            record = Measured(record);
        }

        _state.Records.Add(record);
        _state.Pass = null;
        _state.Epoch++;
        return record;
    }

    private RunState State() => new(_plan.Fingerprint, _state, NetworkSnapshot.View(_network), NetworkCounters.Of(_network), _plan.Scaler);

    /// <summary>
    /// Hands the state to whoever wanted it after the last step. It waits until the next batch is there: growth by gradient
    /// at the epoch's end looks at the last batch, which is not part of the state.
    /// </summary>
    private void KeepIfWanted(EpochPass pass)
    {
        if (_sinks.AnyWaiting)
        {
            pass.EarlierSeconds += Stopwatch.GetElapsedTime(_started).TotalSeconds;
            _sinks.Keep(State());
            _started = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Takes all steps of an epoch; true if a callback asked to stop.</summary>
    private bool Train(int epoch, EpochPass pass)
    {
        var batch = new MiniBatch(_plan.BatchSize, _plan.Source.FeatureCount, _plan.Source.TargetKind, _plan.Source.TargetCount);
        _network.EpochsBegun += pass.Steps == 0 ? 1 : 0;
        RandomGenerator? order = _plan.Shuffle ? RandomGenerator.Named(_plan.Seed, $"order/{_network.EpochsBegun - 1}") : null;
        using BatchReader reader = _plan.Source.OpenPass(order);
        SkipTrained(reader, batch, pass);
        for (int count = reader.Read(batch); count > 0; count = reader.Read(batch))
        {
            KeepIfWanted(pass);
            _plan.Cancellation.ThrowIfCancellationRequested();
            if (_plan.Source is not Dataset)
            {
                BatchChecks.ThrowIfUnfit(batch, count, _network.OutputSize, _plan.Task, "train");
            }

            double loss = Step(batch, count, epoch, pass);
            pass.Steps++;
            pass.LossSum += loss * count;
            pass.Samples += count;
            if (_plan.Evolution.Interval.StepCount is > 0 and int every && _state.Step % every == 0 && _evolution.IsActive)
            {
                Tell(RewireAfterStep(every, loss, pass));
            }

            var record = new StepRecord(_state.Step, StepCount, epoch + 1, _plan.Epochs, loss, _state.LearningRate);
            _sinks.AfterStep(record);
            for (int i = 0; i < _plan.Callbacks.Count; i++)
            {
                if (_plan.Callbacks[i].OnStepEnd(record) == TrainingDecision.Stop)
                {
                    return StopAfterStep(reader, batch, pass);
                }
            }
        }

        // A source that did not say how many samples it holds has shown it now.
        _state.StepsPerEpoch = pass.Steps;
        return pass.Samples > 0 ? false : throw new ArgumentException("There are no samples; at least 1 is needed.", "train");
    }

    /// <summary>A state that is wanted is still kept where the undisturbed run would go on in this epoch.</summary>
    private bool StopAfterStep(BatchReader reader, MiniBatch batch, EpochPass pass)
    {
        if (_sinks.AnyWaiting && reader.Read(batch) > 0)
        {
            KeepIfWanted(pass);
        }

        _sinks.Forget();
        return true;
    }

    /// <summary>Passes over what a resumed epoch has trained on before; equal streams give equal passes.</summary>
    private static void SkipTrained(BatchReader reader, MiniBatch batch, EpochPass pass)
    {
        long samples = 0;
        for (long step = 0; step < pass.Steps; step++)
        {
            samples += reader.Read(batch);
        }

        if (samples != pass.Samples)
        {
            throw new ArgumentException(
                $"The run to resume had trained on {pass.Samples} samples in {pass.Steps} steps of its epoch; the data gives {samples}.", "train");
        }
    }

    /// <summary>Takes a step. Returns the mean loss.</summary>
    private double Step(MiniBatch batch, int count, int epoch, EpochPass pass)
    {
        _state.Step++;
        _state.LearningRate = LearningRate(Progress(epoch, pass.Steps));
        double loss = _step.Run(batch, count, _state.LearningRate);
        if (!double.IsFinite(loss))
        {
            throw Divergence($"The loss became {loss}", epoch, _step.FirstLayerNotFinite());
        }

        pass.Right += _step.Right;
        _network.OptimizerSteps++;
        _network.StepsTaken++;
        return loss;
    }

    private double LearningRate(in TrainingProgress progress)
    {
        double scale = _plan.LearningRateSchedule.GetScale(progress);
        double rate = _plan.Optimizer.LearningRate * scale;
        return scale >= 0 && float.IsFinite((float)rate)
            ? rate
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The schedule \"{_plan.LearningRateSchedule}\" gave the factor {scale} for step {progress.Step}; it must be finite and at least 0."));
    }

    private TrainingProgress Progress(int epoch, long stepInEpoch) => new()
    {
        Step = _state.Step - 1,
        StepCount = StepCount,
        Epoch = epoch,
        EpochCount = _plan.Epochs,
        EpochFraction = epoch + (_state.StepsPerEpoch > 0 ? Math.Min(1, (double)stepInEpoch / _state.StepsPerEpoch) : 0),
        EpochLosses = _state.EpochLosses,
    };

    /// <summary>Rewires if it is time; null if not.</summary>
    private RewireRecord? RewireAfterEpoch(EpochRecord record, EpochPass pass, bool isLast)
    {
        bool pruneOnly = isLast && _plan.Evolution.LastEpoch == LastEpochRewire.PruneOnly && !GoesBackFrom(record.Epoch);
        bool isDue = isLast ? pruneOnly : !record.WasUndone;
        return isDue && _evolution.IsActive && _plan.Evolution.Interval == EvolutionInterval.EveryEpoch && record.Epoch <= _plan.Evolution.StopFraction * _plan.Epochs
            ? Rewire(new ZetaContext(record.Epoch - 1, _plan.Epochs, record.TrainingLoss), pruneOnly, pass)
            : null;
    }

    private RewireRecord? RewireAfterStep(int every, double loss, EpochPass pass)
    {
        long steps = StepCount;
        bool pastEnd = steps > 0 && (_state.Step >= steps || _state.Step > _plan.Evolution.StopFraction * steps);
        int total = steps > 0 ? (int)Math.Clamp(steps / every, 1, int.MaxValue) : int.MaxValue;
        return pastEnd ? null : Rewire(new ZetaContext(_state.Rewires, total, loss), pruneOnly: false, pass);
    }

    private RewireRecord Rewire(in ZetaContext context, bool pruneOnly, EpochPass pass)
    {
        long start = Stopwatch.GetTimestamp();
        double zeta = _plan.Evolution.Zeta.GetCheckedZeta(context);
        _state.Rewires++;
        LayerRewire[] layers = _evolution.Rewire(_team, _network.Rewires++, zeta, pruneOnly, _step.Gradient);
        pass.Pruned += layers.Sum(layer => (long)layer.Pruned);
        pass.Grown += layers.Sum(layer => (long)layer.Grown);
        pass.Zeta = zeta;
        _step.Plan();

        if (_plan.RebuildsAfterRewire)
        {
            _network.Rebuild(_plan.Optimizer);
        }

        pass.RewireSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new RewireRecord(_state.Step, _state.Epoch + 1, zeta, layers);
    }

    private void Tell(RewireRecord? rewire)
    {
        foreach (TrainingCallback callback in rewire is null ? [] : _plan.Callbacks)
        {
            callback.OnRewire(rewire!);
        }
    }

    /// <summary>The last step of an epoch can leave weights that no loss has seen yet.</summary>
    private void ThrowIfParametersDiverged(int epoch)
    {
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            NetworkLayer layer = _network.Layers[i];
            if (layer.Linear.WeightValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || layer.Linear.BiasValues.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)
                || layer.ActivationParameters.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw Divergence("A trained parameter is no longer finite", epoch, i + 1);
            }
        }
    }

    private TrainingDivergedException Divergence(string what, int epoch, int layer) =>
        _divergence = new TrainingDivergedException(what, _state.Step, epoch, layer);
}
