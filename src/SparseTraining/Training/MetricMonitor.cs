namespace SparseTraining.Training;

/// <summary>Follows a metric over the epochs; the best so far is remembered in the run's state.</summary>
internal sealed class MetricMonitor(MonitoredMetric metric, double minimumImprovement)
{
    /// <summary>Takes an epoch in and says whether it is the best so far.</summary>
    public bool Add(EpochRecord record, TrainerState state)
    {
        double value = metric switch
        {
            MonitoredMetric.ValidationLoss => record.Validation!.Loss,
            MonitoredMetric.ValidationAccuracy => -record.Validation!.Accuracy,
            _ => record.TrainingLoss,
        };
        // After an undone epoch the network is the one from before it: rewired since it was measured.
        bool improved = double.IsNaN(state.BestMetric) || (!record.WasUndone && value < state.BestMetric - minimumImprovement);
        if (improved)
        {
            state.BestMetric = value;
            state.BestEpoch = record.Epoch;
        }

        state.EpochsSinceBest = improved ? 0 : state.EpochsSinceBest + 1;
        return improved;
    }
}
