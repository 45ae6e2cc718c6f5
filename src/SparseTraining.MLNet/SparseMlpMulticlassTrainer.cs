using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace SparseTraining.MLNet;

/// <summary>
/// Trains sparse multi-layer perceptrons to tell classes apart. Label: key of known count. Output: <c>Score</c>, one
/// probability a class, and <c>PredictedLabel</c>, a key with the label's values.
/// </summary>
public sealed class SparseMlpMulticlassTrainer
    : SparseMlpTrainerBase<MulticlassPredictionTransformer<SparseMlpMulticlassModelParameters>, SparseMlpMulticlassModelParameters>
{
    internal SparseMlpMulticlassTrainer(IHostEnvironment env, SparseMlpTrainerOptions options)
        : base(env, nameof(SparseMlpMulticlassTrainer), TrainerUtils.MakeU4ScalarColumn(options.LabelColumnName), options)
    {
    }

    internal override int CountClasses(RoleMappedData data)
    {
        data.CheckMulticlassLabel(out int count);
        return count >= 2
            ? count
            : throw Host.ExceptParam(nameof(data), $"Label column '{Options.LabelColumnName}' has {count} class; there must be at least 2.");
    }

    internal override MulticlassPredictionTransformer<SparseMlpMulticlassModelParameters> MakeTransformer(NetworkEnsemble ensemble, DataViewSchema schema) =>
        new(Host, new SparseMlpMulticlassModelParameters(ensemble), schema, Options.FeatureColumnName, Options.LabelColumnName);

    internal override SchemaShape.Column[] OutputColumns(SchemaShape.Column label) =>
    [
        new(
            DefaultColumnNames.Score,
            SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single,
            false,
            new SchemaShape(AnnotationUtils.AnnotationsForMulticlassScoreColumn(label))),
        new(
            DefaultColumnNames.PredictedLabel,
            SchemaShape.Column.VectorKind.Scalar,
            NumberDataViewType.UInt32,
            true,
            new SchemaShape(label.Annotations.Where(column => column.Name == AnnotationUtils.Kinds.KeyValues)
                .Concat(AnnotationUtils.GetTrainerOutputAnnotation()))),
    ];
}
