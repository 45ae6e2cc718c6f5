using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace SparseTraining.MLNet;

/// <summary>
/// Trains sparse multi-layer perceptrons to answer yes or no. Label: Boolean. Output: <c>Score</c> (log odds),
/// <c>Probability</c> of yes and <c>PredictedLabel</c>, which is yes where the score is above 0.
/// </summary>
public sealed class SparseMlpBinaryTrainer
    : SparseMlpTrainerBase<BinaryPredictionTransformer<SparseMlpBinaryModelParameters>, SparseMlpBinaryModelParameters>
{
    internal SparseMlpBinaryTrainer(IHostEnvironment env, SparseMlpTrainerOptions options)
        : base(env, nameof(SparseMlpBinaryTrainer), TrainerUtils.MakeBoolScalarLabel(options.LabelColumnName), options)
    {
    }

    internal override int CountClasses(RoleMappedData data) => 2;

    internal override BinaryPredictionTransformer<SparseMlpBinaryModelParameters> MakeTransformer(NetworkEnsemble ensemble, DataViewSchema schema) =>
        new(Host, new SparseMlpBinaryModelParameters(ensemble), schema, Options.FeatureColumnName);

    internal override SchemaShape.Column[] OutputColumns(SchemaShape.Column label) =>
    [
        Scalar(DefaultColumnNames.Score, NumberDataViewType.Single),
        Scalar(DefaultColumnNames.Probability, NumberDataViewType.Single, isNormalized: true),
        Scalar(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance),
    ];
}
