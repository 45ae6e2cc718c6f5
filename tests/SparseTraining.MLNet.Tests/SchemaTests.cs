using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>Columns are those of ML.NET's own trainers of the same kind.</summary>
public class SchemaTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Multiclass_has_the_columns_of_an_own_trainer()
    {
        IDataView keyed = Keyed();
        IEstimator<ITransformer> own = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Key");
        IEstimator<ITransformer> sparse = _context.MulticlassClassification.Trainers.SparseMlp(Samples.Small with { LabelColumnName = "Key" });
        Assert.Equal(Describe(own, keyed), Describe(sparse, keyed));
        Assert.Equal(Shape(own, keyed), Shape(sparse, keyed));
    }

    [Fact]
    public void Binary_has_the_columns_of_an_own_trainer()
    {
        IDataView data = _context.View(Samples.Examples(60));
        IEstimator<ITransformer> own = _context.BinaryClassification.Trainers.LbfgsLogisticRegression();
        IEstimator<ITransformer> sparse = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small);
        Assert.Equal(Describe(own, data), Describe(sparse, data));
        Assert.Equal(Shape(own, data), Shape(sparse, data));
    }

    [Fact]
    public void Regression_has_the_columns_of_an_own_trainer()
    {
        IDataView data = _context.View(Samples.Examples(60));
        IEstimator<ITransformer> own = _context.Regression.Trainers.LbfgsPoissonRegression(nameof(Example.Value));
        IEstimator<ITransformer> sparse = _context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) });
        Assert.Equal(Describe(own, data), Describe(sparse, data));
        Assert.Equal(Shape(own, data), Shape(sparse, data));
    }

    [Fact]
    public void Scores_have_the_names_of_the_classes()
    {
        IDataView scored = _context.NamePipeline().Fit(_context.View(Samples.Examples(60))).Transform(_context.View(Samples.Examples(20, seed: 2)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["high", "low", "middle"], names.DenseValues().Select(name => name.ToString()).Order(StringComparer.Ordinal));
        Assert.All(scored.GetColumn<string>("PredictedName"), name => Assert.Contains(name, new[] { "low", "middle", "high" }));
        Assert.All(scored.GetColumn<float[]>("Score"), scores => Assert.Equal(1, scores.Sum(), 1e-5));
    }

    [Theory]
    [InlineData("Nowhere", "Features", "label column 'Nowhere'")]
    [InlineData("Label", "Nowhere", "feature column 'Nowhere'")]
    [InlineData("Value", "Features", "label column 'Value': expected Boolean, got Single")]
    [InlineData("Label", "Value", "feature column 'Value': expected Vector<Single>, got Single")]
    public void Unsuitable_columns_are_refused_as_by_an_own_trainer(string label, string features, string message)
    {
        IDataView data = _context.View(Samples.Examples(20));
        var sparse = _context.BinaryClassification.Trainers.SparseMlp(label, features);
        var own = _context.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features);
        var fit = Assert.Throws<ArgumentOutOfRangeException>(() => sparse.Fit(data));
        Assert.Contains(message, fit.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Throws<ArgumentOutOfRangeException>(() => own.Fit(data)).Message, fit.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => sparse.GetOutputSchema(SchemaShapeOf(data)));
    }

    [Fact]
    public void A_label_that_is_no_key_is_refused()
    {
        IDataView data = _context.View(Samples.Examples(20));
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Trainers.SparseMlp().Fit(data));
        Assert.Contains("expected Key<UInt32>, got Boolean", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_column_of_the_wrong_type_is_refused()
    {
        var options = Samples.Small with { ExampleWeightColumnName = nameof(Example.Name) };
        var e = Assert.Throws<ArgumentOutOfRangeException>(
            () => _context.BinaryClassification.Trainers.SparseMlp(options).Fit(_context.View(Samples.Examples(20))));
        Assert.Contains("weight column 'Name'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_features_than_those_of_training_are_refused()
    {
        var model = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(_context.View(Samples.Examples(20)));
        IDataView other = _context.Data.LoadFromEnumerable(new[] { new Digit { Features = new float[64] } });
        Assert.Throws<ArgumentOutOfRangeException>(() => model.GetOutputSchema(other.Schema));
    }

    private IDataView Keyed()
    {
        IDataView data = _context.View(Samples.Examples(60));
        return _context.Transforms.Conversion.MapValueToKey("Key", nameof(Example.Name)).Fit(data).Transform(data);
    }

    /// <summary>What ML.NET itself makes of a schema before it asks an estimator; it has no public way to get one.</summary>
    private static SchemaShape SchemaShapeOf(IDataView data) =>
        (SchemaShape)typeof(SchemaShape).GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [data.Schema])!;

    private static List<string> Shape(IEstimator<ITransformer> estimator, IDataView data) =>
    [
        .. estimator.GetOutputSchema(SchemaShapeOf(data))
            .Select(column => $"{column.Name} {column.Kind} {column.ItemType} key:{column.IsKey} {string.Join(' ', column.Annotations.Select(a => $"{a.Name}:{a.Kind}:{a.ItemType}").Order(StringComparer.Ordinal))}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The columns that the trained transformer really gives, with their annotations.</summary>
    private static List<string> Describe(IEstimator<ITransformer> estimator, IDataView data)
    {
        ITransformer model = estimator.Fit(data);
        DataViewSchema schema = model.Transform(data).Schema;
        Assert.Equal(schema.Select(column => column.ToString()), model.GetOutputSchema(data.Schema).Select(column => column.ToString()));
        return [.. schema.Select(column => $"{column} {string.Join(' ', column.Annotations.Schema.Select(a => a.ToString()))}")];
    }
}
