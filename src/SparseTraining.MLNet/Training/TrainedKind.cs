using Microsoft.ML.Runtime;
using SparseTraining.Evolution;
using SparseTraining.MLNet.Data;
using SparseTraining.Schedules;
using SparseTraining.Training;

namespace SparseTraining.MLNet.Training;

/// <summary>The networks of one kind, each trained on other rows, and what they say of the rows that they were not trained on.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="HeldOutOutputs">Outputs for held-out rows, network after network and each in the order of its fold.</param>
internal sealed record TrainedKind(IReadOnlyList<SparseMlp> Networks, IReadOnlyList<float[]> HeldOutOutputs)
{
    /// <summary>Trains the networks.</summary>
    public static TrainedKind Train(TrainingTask task, NetworkSettings settings, IChannel channel)
    {
        var networks = new List<SparseMlp>();
        var outputs = new List<float[]>();
        for (int i = 0; i < task.Networks; i++)
        {
            (int[] train, int[] validation) = task.HoldOut.Split(i);
            SparseMlpOptions options = NetworkOptions(task, settings) with { Seed = task.Seed + (ulong)i };
            EncodedSource? heldOut = validation.Length == 0 ? null : task.Source(validation, settings);
            var network = new SparseMlp(task.InputCount(settings), settings.Hidden, Math.Max(1, task.Classes), options);
            FitResult result = network.Fit(task.Source(train, settings), new FitOptions
            {
                Epochs = task.Epochs,
                BatchSize = task.BatchSize,
                Validation = heldOut,

                // The learning rate falls over the whole run: none is ended early, but each goes back to its best epoch.
                EarlyStopping = heldOut is null ? null : new EarlyStopping { Patience = task.Epochs },
                Callbacks = [new AliveCheck(task.Host)],
                MaxDegreeOfParallelism = task.Options.NumberOfThreads ?? -1,
            });
            EpochRecord best = result.History[result.BestEpoch - 1];
            channel.Info($"Network {i + 1} of kind {settings.Name}: {network.LinkCount} links, epoch {best.Epoch} of {result.History.Count}, loss {best.Validation?.Loss ?? best.TrainingLoss:G4}.");
            networks.Add(network);
            if (heldOut is not null)
            {
                outputs.AddRange(network.Predict(heldOut, task.Options.NumberOfThreads ?? -1));
            }
        }

        return new TrainedKind(networks, outputs);
    }

    private static SparseMlpOptions NetworkOptions(TrainingTask task, NetworkSettings settings)
    {
        SparseMlpOptions options = task.Options.Network ?? new SparseMlpOptions
        {
            Epsilon = settings.Epsilon,
            Dropout = settings.Dropout,
            Evolution = TopologyEvolution.Set(ZetaSchedules.CosineDecay()),
            Optimizer = Optimizers.Optimizers.AdamW(settings.LearningRate, beta2: 0.95, weightDecay: settings.WeightDecay),
            LearningRateSchedule = LearningRateSchedules.OneCycle(),
        };
        return options with { Task = task.Classes == 0 ? MlpTask.Regression : MlpTask.MulticlassClassification };
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
