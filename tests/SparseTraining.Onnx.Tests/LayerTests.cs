using SparseTraining.Initialization;
using SparseTraining.Training;

namespace SparseTraining.Onnx.Tests;

public class LayerTests
{
    private static readonly IReadOnlyList<float[]> Samples = Models.Samples(40);

    public static TheoryData<LayerKind, OnnxWeightFormat> Kinds => new MatrixTheoryData<LayerKind, OnnxWeightFormat>(Enum.GetValues<LayerKind>(), Enum.GetValues<OnnxWeightFormat>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_layer_predicts_the_same(LayerKind layers, OnnxWeightFormat format)
    {
        SparseMlp model = Models.Trained([40, 30], 4, new() { Layers = layers, Density = DensityAllocation.Uniform(0.2), OutputLayer = OutputLayerKind.SparseEvolving });
        using OnnxRun run = OnnxRun.Of(model, new() { Weights = format });
        Models.AssertClose(Models.Predict(model, Samples), run.Run<float>("probabilities", Samples).Values);
    }

    [Theory]
    [InlineData(FeatureScaling.Standard)]
    [InlineData(FeatureScaling.MinMax)]
    public void The_scaler_is_a_part_of_the_graph(FeatureScaling scaling)
    {
        SparseMlp model = Models.Trained([20], 3, new() { FeatureScaling = scaling });
        float[] unscaled = Models.Predict(Models.Trained([20], 3, new()), Samples);
        using OnnxRun run = OnnxRun.Of(model);
        float[] actual = run.Run<float>("probabilities", Samples).Values;
        Models.AssertClose(Models.Predict(model, Samples), actual);
        Assert.Contains(unscaled.Zip(actual), pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    [Theory]
    [InlineData(OnnxWeightFormat.Dense)]
    [InlineData(OnnxWeightFormat.Sparse)]
    public void Neurons_without_links_and_empty_layers_are_no_problem(OnnxWeightFormat format)
    {
        // 0.2 % of 12 · 30 positions is one link, of 30 · 10 none or one: most neurons give their bias.
        SparseMlp model = Models.Trained([30, 10], 3, new() { Density = DensityAllocation.Uniform(0.002), Task = MlpTask.Regression, OutputLayer = OutputLayerKind.Sparse });
        Assert.True(model.LinkCount < 5);
        using OnnxRun run = OnnxRun.Of(model, new() { Weights = format });
        Models.AssertClose(Models.Predict(model, Samples), run.Run<float>("variable", Samples).Values);
    }

    [Fact]
    public void Sparse_weights_take_12_bytes_a_link()
    {
        SparseMlp model = Models.Trained([400, 400], 3, new() { Density = DensityAllocation.Uniform(0.05) });
        long saved = OnnxRun.Bytes(model).Length - OnnxRun.Bytes(model, new() { Weights = OnnxWeightFormat.Sparse }).Length;
        long positions = (Models.Inputs + 400L) * 400;
        long links = model.Layers[0].LinkCount + model.Layers[1].LinkCount;
        Assert.InRange(saved, positions * 4 - links * 12 - 100, positions * 4 - links * 12 + 100);
    }

    [Fact]
    public void Layers_that_would_be_larger_in_sparse_form_stay_dense()
    {
        SparseMlp model = Models.Trained([40], 3, new() { Density = DensityAllocation.Uniform(0.4) });
        Assert.Equal(OnnxRun.Bytes(model), OnnxRun.Bytes(model, new() { Weights = OnnxWeightFormat.Sparse }));
    }

    [Fact]
    public void A_file_above_2_GB_is_refused_before_a_byte_is_written()
    {
        // 30,000 × 20,000 weights are 2.4 GB as dense ones, and 50,000 links.
        var model = new SparseMlp(30_000, [20_000], 2, new() { Epsilon = 1 });
        model.Fit([new float[30_000], new float[30_000]], [0, 1], new FitOptions { Epochs = 1 });
        using var stream = new MemoryStream();
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model.ExportOnnx(stream));
        Assert.Matches(
            @"^The ONNX file would have 2,400,\d\d\d,\d\d\d bytes; it can have at most 2,147,483,647\. Weights = OnnxWeightFormat\.Sparse makes it \d{3},\d{3} bytes\.$",
            exception.Message);
        Assert.Equal(0, stream.Length);
        model.ExportOnnx(stream, new() { Weights = OnnxWeightFormat.Sparse });
        Assert.InRange(stream.Length, 50_000 * 12, 1_000_000);
    }
}
