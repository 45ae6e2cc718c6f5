using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using SparseTraining.MLNet.Data;
using SparseTraining.MLNet.Training;

namespace SparseTraining.MLNet;

/// <summary>What the trainers have in common: columns and their checks, reading, training.</summary>
/// <typeparam name="TTransformer">What <see cref="Fit(IDataView)"/> returns.</typeparam>
/// <typeparam name="TModel">The model in it.</typeparam>
public abstract class SparseMlpTrainerBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly SchemaShape.Column _feature;
    private readonly SchemaShape.Column _label;
    private readonly SchemaShape.Column _weight;

    private protected SparseMlpTrainerBase(IHostEnvironment env, string name, SchemaShape.Column label, SparseMlpTrainerOptions options)
    {
        Host = env.Register(name);
        Options = options;
        _label = label;
        _feature = TrainerUtils.MakeR4VecFeature(options.FeatureColumnName);
        _weight = TrainerUtils.MakeR4ScalarWeightColumn(options.ExampleWeightColumnName!);
    }

    /// <summary>What the trainer was made with.</summary>
    public SparseMlpTrainerOptions Options { get; }

    /// <summary>Features need no normalization, and data need not be cached: it is read once.</summary>
    public TrainerInfo Info { get; } = new(normalization: false, calibration: false, caching: false, supportValid: false, supportTest: false, supportIncrementalTrain: false);

    internal IHost Host { get; }

    /// <summary>Trains on a data view, which is read once.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The trained transformer.</returns>
    /// <exception cref="ArgumentException">A column is missing or of an unsuitable type, or no row can be trained on.</exception>
    /// <exception cref="InvalidOperationException">A row has another number of features than the column states.</exception>
    /// <exception cref="OperationCanceledException">The context was told to cancel.</exception>
    public TTransformer Fit(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        CheckSchema(SchemaShape.Create(input.Schema));
        var data = new RoleMappedData(input, _label.Name, _feature.Name, null, _weight.Name);
        using IChannel channel = Host.Start("Training");
        TrainingRows rows = TrainingRows.Read(data, Host);
        if (rows.Skipped > 0)
        {
            channel.Warning($"{rows.Skipped} rows have no label, or no weight above 0, and were skipped.");
        }

        var task = new TrainingTask(rows, CountClasses(data), Options, (ulong)(Options.Seed ?? Host.Rand.Next()), Host);
        NetworkEnsemble ensemble = EnsembleTrainer.Train(task, NetworkSettings.For(Options), channel);
        return MakeTransformer(ensemble, input.Schema);
    }

    /// <summary>Checks the columns and says which ones the trained transformer adds.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>Those and the new ones.</returns>
    /// <exception cref="ArgumentException">A column is missing or of an unsuitable type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        CheckSchema(inputSchema);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name);
        inputSchema.TryFindColumn(_label.Name, out SchemaShape.Column label);
        foreach (SchemaShape.Column column in OutputColumns(label))
        {
            columns[column.Name] = column;
        }

        return new SchemaShape(columns.Values);
    }

    /// <summary>Classes, or 0 for regression.</summary>
    internal abstract int CountClasses(RoleMappedData data);

    internal abstract TTransformer MakeTransformer(NetworkEnsemble ensemble, DataViewSchema schema);

    internal abstract SchemaShape.Column[] OutputColumns(SchemaShape.Column label);

    internal static SchemaShape.Column Scalar(string name, DataViewType type, bool isNormalized = false) =>
        new(name, SchemaShape.Column.VectorKind.Scalar, type, false, new SchemaShape(AnnotationUtils.GetTrainerOutputAnnotation(isNormalized)));

    private void CheckSchema(SchemaShape schema)
    {
        CheckColumn(schema, _feature, "feature");
        CheckColumn(schema, _label, "label");
        if (_weight.IsValid)
        {
            CheckColumn(schema, _weight, "weight");
        }
    }

    private void CheckColumn(SchemaShape schema, SchemaShape.Column expected, string role)
    {
        if (!schema.TryFindColumn(expected.Name, out SchemaShape.Column actual))
        {
            throw Host.ExceptSchemaMismatch("inputSchema", role, expected.Name);
        }

        if (!expected.IsCompatibleWith(actual))
        {
            // The names of arguments are those of ML.NET's own trainers.
            throw Host.ExceptSchemaMismatch(role == "label" ? "labelCol" : "inputSchema", role, expected.Name, expected.GetTypeString(), actual.GetTypeString());
        }
    }
}
