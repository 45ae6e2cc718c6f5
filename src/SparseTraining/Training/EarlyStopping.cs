namespace SparseTraining.Training;

/// <summary>Ends training when a metric no longer improves.</summary>
public sealed record EarlyStopping
{
    /// <summary>The metric that is watched. Validation loss by default.</summary>
    public MonitoredMetric Metric { get; init; } = MonitoredMetric.ValidationLoss;

    /// <summary>Epochs without improvement after which training ends, at least 1. 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Patience
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Patience), value, "Patience is at least 1 epoch.");
    } = 10;

    /// <summary>What counts as an improvement, at least 0. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double MinDelta
    {
        get;
        init => field = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MinDelta), value, "The minimum improvement is finite and at least 0.");
    }

    /// <summary>Whether the model goes back to the weights of the best epoch at the end. True by default.</summary>
    public bool RestoreBestWeights { get; init; } = true;
}
