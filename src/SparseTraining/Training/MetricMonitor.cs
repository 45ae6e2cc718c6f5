namespace SparseTraining.Training;

/// <summary>Follows a metric over the epochs and remembers the best.</summary>
internal sealed class MetricMonitor(MonitoredMetric metric, double minimumImprovement)
{
    private double _best = double.NaN;
    private int _sinceBest;

    /// <summary>The best epoch so far, from 1.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs since the best one.</summary>
    public int EpochsWithoutImprovement => _sinceBest;

    /// <summary>Takes an epoch in and says whether it is the best so far.</summary>
    public bool Add(EpochRecord record)
    {
        double value = metric switch
        {
            MonitoredMetric.ValidationLoss => record.Validation!.Loss,
            MonitoredMetric.ValidationAccuracy => -record.Validation!.Accuracy,
            _ => record.TrainingLoss,
        };
        bool improved = double.IsNaN(_best) || value < _best - minimumImprovement;
        if (improved)
        {
            _best = value;
            BestEpoch = record.Epoch;
        }

        _sinceBest = improved ? 0 : _sinceBest + 1;
        return improved;
    }
}
