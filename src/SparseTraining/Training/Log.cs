using Microsoft.Extensions.Logging;

namespace SparseTraining.Training;

/// <summary>Messages to the caller's logger, if there is one.</summary>
internal static partial class Log
{
    public static void Started(ILogger? logger, Network network, TrainingPlan plan, int threads)
    {
        if (logger is not null)
        {
            LogStarted(logger, network.Layers.Length, network.Layers.Sum(layer => (long)layer.Linear.LinkCount), plan.Epochs, plan.BatchSize, plan.Evolution, threads);
        }
    }

    public static void EpochEnded(ILogger? logger, EpochRecord record)
    {
        if (logger is not null)
        {
            LogEpochEnded(logger, record.Epoch, record.EpochCount, record.TrainingLoss, record.Validation, record.Zeta, record.LinksPruned, record.LinksGrown, record.TrainingSeconds);
        }
    }

    public static void Finished(ILogger? logger, StopReason reason, int bestEpoch)
    {
        if (logger is not null)
        {
            LogFinished(logger, reason, bestEpoch);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Training {Layers} layers with {Links} links for {Epochs} epochs, batch size {BatchSize}, evolution {Evolution}, {Threads} threads")]
    private static partial void LogStarted(ILogger logger, int layers, long links, int epochs, int batchSize, object evolution, int threads);

    [LoggerMessage(2, LogLevel.Information, "Epoch {Epoch}/{EpochCount}: training loss {Loss:F4}, validation {Validation}, zeta {Zeta:F4}, {Pruned} links pruned, {Grown} grown, {Seconds:F2} s")]
    private static partial void LogEpochEnded(ILogger logger, int epoch, int epochCount, double loss, EvaluationResult? validation, double zeta, long pruned, long grown, double seconds);

    [LoggerMessage(3, LogLevel.Information, "Training ended: {Reason}, best epoch {BestEpoch}")]
    private static partial void LogFinished(ILogger logger, StopReason reason, int bestEpoch);
}
