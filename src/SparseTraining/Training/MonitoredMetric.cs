namespace SparseTraining.Training;

/// <summary>A metric that early stopping can watch.</summary>
public enum MonitoredMetric
{
    /// <summary>The loss on the validation data; lower is better.</summary>
    ValidationLoss,

    /// <summary>The accuracy on the validation data; higher is better. Classification only.</summary>
    ValidationAccuracy,

    /// <summary>The loss on the training data; lower is better.</summary>
    TrainingLoss,
}
