using Microsoft.ML.Runtime;
using SparseTraining.Evolution;
using SparseTraining.MLNet.Data;
using SparseTraining.Schedules;
using SparseTraining.Training;

namespace SparseTraining.MLNet.Training;

/// <summary>Networks of one setting, each trained on other rows, and how well they do on the rows that they are not trained on.</summary>
internal sealed class Candidate
{
    private readonly TrainingTask _task;
    private readonly FeatureEncoder _encoder;
    private readonly HoldOut _holdOut;
    private readonly List<SparseMlp> _networks = [];
    private double _lossSum;

    public Candidate(TrainingTask task, NetworkSettings settings)
    {
        _task = task;
        Settings = settings;
        _encoder = FeatureEncoder.Fit(task.Rows, settings.Bins, task.Seed);
        _holdOut = HoldOut.Of(task.Rows, task.Classes, settings.ValidationFraction, task.Seed);
    }

    public NetworkSettings Settings { get; }

    /// <summary>The mean loss on held-out rows (on the training rows where none are held out); lower is better.</summary>
    public double Loss => _lossSum / _networks.Count;

    /// <summary>Trains networks until there are so many.</summary>
    public void Train(int networks, IChannel channel)
    {
        while (_networks.Count < networks)
        {
            (int[] train, int[] validation) = _holdOut.Split(_networks.Count);
            SparseMlpOptions options = NetworkOptions() with { Seed = _task.Seed + (ulong)_networks.Count };
            var network = new SparseMlp(_encoder.OutputCount, Settings.Hidden, Math.Max(1, _task.Classes), options);
            FitResult result = network.Fit(Source(train), new FitOptions
            {
                Epochs = Settings.Epochs,
                BatchSize = Settings.BatchSize,
                Validation = validation.Length == 0 ? null : Source(validation),

                // The learning rate falls over the whole run: none is ended early, but each goes back to its best epoch.
                EarlyStopping = validation.Length == 0 ? null : new EarlyStopping { Patience = Settings.Epochs },
                Callbacks = [new AliveCheck(_task.Host)],
                MaxDegreeOfParallelism = _task.Options.NumberOfThreads ?? -1,
            });
            EpochRecord best = result.Epochs[result.BestEpoch - 1];
            double loss = best.Validation?.Loss ?? best.TrainingLoss;
            channel.Info($"{Settings}: network {_networks.Count + 1}, {network.LinkCount} links, best epoch {best.Epoch} of {result.Epochs.Count}, loss {loss:G4}.");
            _lossSum += loss;
            _networks.Add(network);
        }
    }

    public NetworkEnsemble ToEnsemble() => NetworkEnsemble.Of(_encoder, _task.Scale, _networks);

    private EncodedSource Source(int[] rows) => new(_task.Rows, _encoder, _task.Scale, rows);

    private SparseMlpOptions NetworkOptions()
    {
        SparseMlpOptions options = _task.Options.Network ?? new SparseMlpOptions
        {
            Epsilon = Settings.Epsilon,
            Dropout = Settings.Dropout,
            Evolution = TopologyEvolution.Set(ZetaSchedules.CosineDecay()),
            Optimizer = Optimizers.Optimizers.AdamW(Settings.LearningRate, beta2: 0.95, weightDecay: Settings.WeightDecay),
            LearningRateSchedule = LearningRateSchedules.OneCycle(),
        };
        return options with { Task = _task.Classes == 0 ? MlpTask.Regression : MlpTask.MulticlassClassification };
    }

    /// <summary>Ends training when the environment was told to stop.</summary>
    private sealed class AliveCheck(IHost host) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            host.CheckAlive();
            return TrainingDecision.Continue;
        }
    }
}
