using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace SparseTraining.MLNet;

/// <summary>
/// Trains sparse multi-layer perceptrons to predict a number. Label: Single. Output: <c>Score</c>, in the unit of the label.
/// </summary>
public sealed class SparseMlpRegressionTrainer
    : SparseMlpTrainerBase<RegressionPredictionTransformer<SparseMlpRegressionModelParameters>, SparseMlpRegressionModelParameters>
{
    internal SparseMlpRegressionTrainer(IHostEnvironment env, SparseMlpTrainerOptions options)
        : base(env, nameof(SparseMlpRegressionTrainer), TrainerUtils.MakeR4ScalarColumn(options.LabelColumnName), options)
    {
    }

    internal override int CountClasses(RoleMappedData data) => 0;

    internal override RegressionPredictionTransformer<SparseMlpRegressionModelParameters> MakeTransformer(NetworkEnsemble ensemble, DataViewSchema schema) =>
        new(Host, new SparseMlpRegressionModelParameters(ensemble), schema, Options.FeatureColumnName);

    internal override SchemaShape.Column[] OutputColumns(SchemaShape.Column label) =>
        [Scalar(DefaultColumnNames.Score, NumberDataViewType.Single)];
}
