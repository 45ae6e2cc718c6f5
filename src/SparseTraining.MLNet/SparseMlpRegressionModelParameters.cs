using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet;

/// <summary>A model that predicts a number. Its score is that number.</summary>
public sealed class SparseMlpRegressionModelParameters : SparseMlpModelParameters, IPredictorProducing<float>, IValueMapper
{
    internal const string LoaderName = "SparseMlpRegression";

    private static readonly VersionInfo FormatVersion = VersionOf("SMLP REG", LoaderName);

    internal SparseMlpRegressionModelParameters(NetworkEnsemble ensemble)
        : base(ensemble)
    {
    }

    private SparseMlpRegressionModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx, FormatVersion)
    {
    }

    PredictionKind IPredictor.PredictionKind => PredictionKind.Regression;

    DataViewType IValueMapper.InputType => FeatureType;

    DataViewType IValueMapper.OutputType => NumberDataViewType.Single;

    private protected override VersionInfo Version => FormatVersion;

    ValueMapper<TSrc, TDst> IValueMapper.GetMapper<TSrc, TDst>()
    {
        RowPredictor predict = CreatePredictor();
        var outputs = new float[1];
        ValueMapper<VBuffer<float>, float> map = (in features, ref score) =>
        {
            predict(features, outputs);
            score = outputs[0];
        };
        return (ValueMapper<TSrc, TDst>)(Delegate)map;
    }
}
