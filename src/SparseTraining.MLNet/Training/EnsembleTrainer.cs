using Microsoft.ML.Runtime;
using SparseTraining.Evolution;
using SparseTraining.MLNet.Data;
using SparseTraining.Schedules;
using SparseTraining.Training;

namespace SparseTraining.MLNet.Training;

/// <summary>Trains the networks of a model, one after another.</summary>
internal static class EnsembleTrainer
{
    /// <summary>Fits encoder and networks.</summary>
    /// <param name="rows">The training data.</param>
    /// <param name="classes">Classes, or 0 for regression.</param>
    /// <param name="options">What the user has decided.</param>
    /// <param name="settings">What is open.</param>
    /// <param name="host">Who asks; a cancelled environment ends the training.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="seed">Decides everything random.</param>
    public static NetworkEnsemble Train(
        TrainingRows rows, int classes, SparseMlpTrainerOptions options, NetworkSettings settings, IHost host, IChannel channel, ulong seed)
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(rows, settings.Bins, seed);
        LabelScale? scale = classes == 0 ? LabelScale.Fit(rows) : null;
        var networks = new List<SparseMlp>();
        HoldOut holdOut = HoldOut.Of(rows, classes, settings.ValidationFraction, seed);
        for (int i = 0; i < settings.Networks; i++)
        {
            (int[] train, int[] validation) = holdOut.Split(i);
            SparseMlpOptions network = NetworkOptions(classes, options, settings) with { Seed = seed + (ulong)i };
            var mlp = new SparseMlp(encoder.OutputCount, settings.Hidden, Math.Max(1, classes), network);
            FitResult result = mlp.Fit(new EncodedSource(rows, encoder, scale, train), new FitOptions
            {
                Epochs = settings.Epochs,
                BatchSize = settings.BatchSize,
                Validation = validation.Length == 0 ? null : new EncodedSource(rows, encoder, scale, validation),
                EarlyStopping = validation.Length == 0 ? null : new EarlyStopping { Patience = settings.Patience },
                Callbacks = [new AliveCheck(host)],
                MaxDegreeOfParallelism = options.NumberOfThreads ?? -1,
            });
            channel.Info($"Network {i + 1} of {settings.Networks}: {mlp.LinkCount} links, {result.Epochs.Count} epochs ({result.StopReason}), best epoch {result.BestEpoch}, training loss {result.Final.TrainingLoss:G4}.");
            networks.Add(mlp);
        }

        return NetworkEnsemble.Of(encoder, scale, networks);
    }

    private static SparseMlpOptions NetworkOptions(int classes, SparseMlpTrainerOptions options, NetworkSettings settings)
    {
        MlpTask task = classes == 0 ? MlpTask.Regression : MlpTask.MulticlassClassification;
        SparseMlpOptions network = options.Network ?? new SparseMlpOptions
        {
            Epsilon = settings.Epsilon,
            Dropout = settings.Dropout,
            Evolution = TopologyEvolution.Set(ZetaSchedules.CosineDecay()),
            Optimizer = Optimizers.Optimizers.AdamW(settings.LearningRate, beta2: 0.95, weightDecay: settings.WeightDecay),
            LearningRateSchedule = LearningRateSchedules.OneCycle(),
            Loss = classes == 0 ? null : Losses.Losses.CategoricalCrossEntropy(settings.LabelSmoothing),
        };
        return network with { Task = task };
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
