using Microsoft.ML;

namespace MLNetComparison;

/// <summary>A trainer with its defaults, and the preparation that ML.NET's documentation asks for.</summary>
internal sealed record Contender(string Name, Func<MLContext, IEstimator<ITransformer>> Trainer, bool NeedsPreparation = false)
{
    public static readonly Contender SparseMlpMulticlass = new("SparseMlp", context => context.MulticlassClassification.Trainers.SparseMlp());
    public static readonly Contender SparseMlpBinary = new("SparseMlp", context => context.BinaryClassification.Trainers.SparseMlp());
    public static readonly Contender SparseMlpRegression = new("SparseMlp", context => context.Regression.Trainers.SparseMlp());

    public static IEnumerable<Contender> For(Task task) => task switch
    {
        Task.Multiclass =>
        [
            SparseMlpMulticlass,
            new("Sdca", context => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(), NeedsPreparation: true),
            new("Lbfgs", context => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), NeedsPreparation: true),
            new("FastTree", context => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree())),
            new("FastForest", context => context.MulticlassClassification.Trainers.OneVersusAll(context.BinaryClassification.Trainers.FastForest())),
            new("LightGbm", context => context.MulticlassClassification.Trainers.LightGbm()),
        ],
        Task.Binary =>
        [
            SparseMlpBinary,
            new("Sdca", context => context.BinaryClassification.Trainers.SdcaLogisticRegression(), NeedsPreparation: true),
            new("Lbfgs", context => context.BinaryClassification.Trainers.LbfgsLogisticRegression(), NeedsPreparation: true),
            new("FastTree", context => context.BinaryClassification.Trainers.FastTree()),
            new("FastForest", context => context.BinaryClassification.Trainers.FastForest()),
            new("LightGbm", context => context.BinaryClassification.Trainers.LightGbm()),
        ],
        _ =>
        [
            SparseMlpRegression,
            new("Sdca", context => context.Regression.Trainers.Sdca(), NeedsPreparation: true),
            new("FastTree", context => context.Regression.Trainers.FastTree()),
            new("FastForest", context => context.Regression.Trainers.FastForest()),
            new("LightGbm", context => context.Regression.Trainers.LightGbm()),
        ],
    };
}
