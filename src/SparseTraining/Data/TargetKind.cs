namespace SparseTraining.Data;

/// <summary>What a data source holds beside each sample's features.</summary>
public enum TargetKind
{
    /// <summary>Nothing: the data can be predicted, not trained on.</summary>
    None,

    /// <summary>One class label a sample, a whole number from 0.</summary>
    ClassLabels,

    /// <summary>One or more real numbers a sample: regression targets, or one 0/1 flag per class (multi-label).</summary>
    Values,
}
