namespace SparseTraining.Evolution;

/// <summary>What happens at the end of the last epoch, after which nothing is trained any more.</summary>
public enum LastEpochRewire
{
    /// <summary>Nothing, so that the final model holds no untrained links.</summary>
    None,

    /// <summary>
    /// Links are pruned and none are grown (the thesis' Algorithm 1): the final model is smaller. Validation data is measured once more then. A
    /// run that early stopping takes back to the weights of an earlier epoch is not pruned.
    /// </summary>
    PruneOnly,
}
