namespace SparseTraining.Schedules;

/// <summary>What a ζ schedule may know when a rewire is due.</summary>
/// <param name="Index">
/// The 0-based number i of the rewire; with evolution after every epoch, the epoch that just ended.
/// </param>
/// <param name="Count">
/// The number E of rewires of the run; with evolution after every epoch, the number of epochs.
/// </param>
/// <param name="TrainingLoss">The last mean training loss; NaN where unknown.</param>
public readonly record struct ZetaContext(int Index, int Count, double TrainingLoss)
{
    /// <summary>The 0-based number i of the rewire.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not in [0, Count].</exception>
    public int Index { get; init; } = Index >= 0 && Index <= Count
        ? Index
        : throw new ArgumentOutOfRangeException(
            nameof(Index), Index, $"The index of a rewire must be in [0, {Count}].");

    /// <summary>The number E of rewires of the run.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Count { get; init; } = Count >= 1
        ? Count
        : throw new ArgumentOutOfRangeException(nameof(Count), Count, "The number of rewires must be at least 1.");
}
