using SparseTraining.Randomness;

namespace SparseTraining.Data;

/// <summary>
/// Where samples come from: arrays in memory (<see cref="Dataset"/>), a stream, or a decorator over another source.
/// </summary>
public abstract class BatchSource
{
    /// <summary>Features of one sample.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>What comes with each sample.</summary>
    public abstract TargetKind TargetKind { get; }

    /// <summary>Target values of one sample; 1 for class labels, 0 without targets.</summary>
    public abstract int TargetCount { get; }

    /// <summary>Samples in one pass, or <see langword="null"/> where that is only known at the end.</summary>
    public abstract long? SampleCount { get; }

    /// <summary>Starts one pass over all samples.</summary>
    /// <param name="random">
    /// The stream that decides the order (and, for decorators, the augmentation) of this pass, or <see langword="null"/>
    /// for the source's own order and no augmentation. Equal streams must give equal passes.
    /// </param>
    /// <returns>A reader of this pass; several may be open at once.</returns>
    public abstract BatchReader OpenPass(RandomGenerator? random);
}
