using Microsoft.ML.Runtime;
using SparseTraining.MLNet.Data;

namespace SparseTraining.MLNet.Training;

/// <summary>What is to be trained.</summary>
/// <param name="Rows">The data.</param>
/// <param name="Classes">Classes, or 0 for regression.</param>
/// <param name="Options">What the user has decided.</param>
/// <param name="Seed">Decides everything random.</param>
/// <param name="Host">Who asks; a cancelled environment ends the training.</param>
internal sealed record TrainingTask(TrainingRows Rows, int Classes, SparseMlpTrainerOptions Options, ulong Seed, IHost Host)
{
    /// <summary>What is done to the values of regression; null for classes.</summary>
    public LabelScale? Scale { get; } = Classes == 0 ? LabelScale.Fit(Rows) : null;
}
