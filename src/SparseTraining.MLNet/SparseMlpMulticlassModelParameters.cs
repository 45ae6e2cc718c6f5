using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet;

/// <summary>A model that tells classes apart. Its score is one probability a class.</summary>
public sealed class SparseMlpMulticlassModelParameters : SparseMlpModelParameters, IPredictorProducing<VBuffer<float>>, IValueMapper
{
    internal const string LoaderName = "SparseMlpMulticlass";

    private static readonly VersionInfo FormatVersion = VersionOf("SMLP MUL", LoaderName);

    internal SparseMlpMulticlassModelParameters(NetworkEnsemble ensemble)
        : base(ensemble)
    {
    }

    private SparseMlpMulticlassModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, ctx, FormatVersion)
    {
    }

    /// <summary>Classes.</summary>
    public int NumberOfClasses => OutputCount;

    PredictionKind IPredictor.PredictionKind => PredictionKind.MulticlassClassification;

    DataViewType IValueMapper.InputType => FeatureType;

    DataViewType IValueMapper.OutputType => new VectorDataViewType(NumberDataViewType.Single, NumberOfClasses);

    private protected override VersionInfo Version => FormatVersion;

    ValueMapper<TSrc, TDst> IValueMapper.GetMapper<TSrc, TDst>()
    {
        RowPredictor predict = CreatePredictor();
        ValueMapper<VBuffer<float>, VBuffer<float>> map = (in features, ref scores) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref scores, NumberOfClasses);
            predict(features, editor.Values);
            scores = editor.Commit();
        };
        return (ValueMapper<TSrc, TDst>)(Delegate)map;
    }
}
