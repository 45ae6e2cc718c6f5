using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SparseTraining.MLNet;

/// <summary>A trained model: networks, and what is done to their inputs. Immutable and safe to use from any number of threads.</summary>
public abstract class SparseMlpModelParameters : ICanSaveModel
{
    private const string StreamName = "Networks";

    private readonly NetworkEnsemble _ensemble;

    private protected SparseMlpModelParameters(NetworkEnsemble ensemble) => _ensemble = ensemble;

    private protected SparseMlpModelParameters(IHostEnvironment env, ModelLoadContext context, VersionInfo version)
    {
        context.CheckAtModel(version);
        NetworkEnsemble? ensemble = null;
        context.TryLoadBinaryStream(StreamName, reader => ensemble = NetworkEnsemble.Load(reader));
        _ensemble = ensemble ?? throw env.ExceptDecode("The model has no networks.");
    }

    /// <summary>Features of a row.</summary>
    public int FeatureCount => _ensemble.FeatureCount;

    /// <summary>
    /// The networks, of whose outputs a weighted mean is taken. Their inputs are the encoded features: see docs/mlnet.md.
    /// </summary>
    public IReadOnlyList<SparseMlpPredictor> Networks => _ensemble.Predictors;

    /// <summary>Links over all networks.</summary>
    public long LinkCount => _ensemble.Predictors.Sum(network => network.LinkCount);

    internal int OutputCount => _ensemble.OutputCount;

    internal DataViewType FeatureType => new VectorDataViewType(NumberDataViewType.Single, FeatureCount);

    private protected abstract VersionInfo Version { get; }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveBinaryStream(StreamName, _ensemble.Save);
    }

    internal RowPredictor CreatePredictor() => _ensemble.CreatePredictor();

    /// <param name="signature">Eight characters that every file of the kind has.</param>
    /// <param name="loaderName">The name that <see cref="LoadableClassAttribute"/> gives to the loader.</param>
    internal static VersionInfo VersionOf(string signature, string loaderName) =>
        new(signature, 0x00010001, 0x00010001, 0x00010001, typeof(SparseMlpModelParameters).Assembly.FullName, loaderName);
}
