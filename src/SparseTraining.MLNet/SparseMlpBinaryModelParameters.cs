using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet;

/// <summary>
/// A model that answers yes or no. Its score is the log odds ln(p / (1 − p)) of its probability p. The networks have two
/// outputs, no and yes, so that neither probability loses digits when it is close to 1.
/// </summary>
public sealed class SparseMlpBinaryModelParameters : SparseMlpModelParameters, IPredictorProducing<float>, IValueMapperDist
{
    internal const string LoaderName = "SparseMlpBinary";

    /// <summary>Where a probability has become 0, the score ends.</summary>
    private const float Least = 1e-38f;

    private static readonly VersionInfo FormatVersion = VersionOf("SMLP BIN", LoaderName);

    internal SparseMlpBinaryModelParameters(NetworkEnsemble ensemble)
        : base(ensemble)
    {
    }

    private SparseMlpBinaryModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx, FormatVersion)
    {
    }

    PredictionKind IPredictor.PredictionKind => PredictionKind.BinaryClassification;

    DataViewType IValueMapper.InputType => FeatureType;

    DataViewType IValueMapper.OutputType => NumberDataViewType.Single;

    DataViewType IValueMapperDist.DistType => NumberDataViewType.Single;

    private protected override VersionInfo Version => FormatVersion;

    ValueMapper<TSrc, TDst> IValueMapper.GetMapper<TSrc, TDst>()
    {
        Func<VBuffer<float>, (float Score, float Probability)> predict = CreateScorer();
        ValueMapper<VBuffer<float>, float> map = (in features, ref score) => score = predict(features).Score;
        return (ValueMapper<TSrc, TDst>)(Delegate)map;
    }

    ValueMapper<TSrc, TDst, TDist> IValueMapperDist.GetMapper<TSrc, TDst, TDist>()
    {
        Func<VBuffer<float>, (float Score, float Probability)> predict = CreateScorer();
        ValueMapper<VBuffer<float>, float, float> map = (in features, ref score, ref probability) =>
            (score, probability) = predict(features);
        return (ValueMapper<TSrc, TDst, TDist>)(Delegate)map;
    }

    private Func<VBuffer<float>, (float Score, float Probability)> CreateScorer()
    {
        RowPredictor predict = CreatePredictor();
        var outputs = new float[2];
        return features =>
        {
            predict(features, outputs);
            return (MathF.Log(MathF.Max(outputs[1], Least)) - MathF.Log(MathF.Max(outputs[0], Least)), outputs[1]);
        };
    }
}
