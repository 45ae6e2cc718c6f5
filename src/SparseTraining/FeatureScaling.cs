namespace SparseTraining;

/// <summary>What a model does to its input features; fitted on the training data and kept with the model.</summary>
public enum FeatureScaling
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Mean 0 and standard deviation 1 for each feature.</summary>
    Standard,

    /// <summary>Each feature into [0, 1].</summary>
    MinMax,
}
