namespace SparseTraining.Onnx.Tests;

public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void File_stream_and_predictor_give_the_same_bytes_each_time()
    {
        SparseMlp model = Models.Trained([20], 3, new());
        byte[] bytes = OnnxRun.Bytes(model);
        model.ExportOnnx(Path);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
        model.ToPredictor().ExportOnnx(Path);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
        Assert.Equal(["model.onnx"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData(LayerKind.Sparse)]
    [InlineData(LayerKind.MaskedDense)]
    public void A_predictor_from_a_model_file_exports_the_same(LayerKind layers)
    {
        SparseMlp model = Models.Trained([20], 3, new() { Layers = layers, HiddenActivation = Activations.Activations.AllRelu(), FeatureScaling = FeatureScaling.Standard });
        model.ClassNames = ["a", "b", "c"];
        model.Save(Path);
        using var stream = new MemoryStream();
        SparseMlpPredictor.Load(Path).ExportOnnx(stream);
        Assert.Equal(OnnxRun.Bytes(model), stream.ToArray());
    }

    [Fact]
    public void A_failed_export_leaves_the_old_file()
    {
        File.WriteAllText(Path, "old");
        Assert.Throws<InvalidOperationException>(() => new SparseMlp(4, [3], 2).ExportOnnx(Path));
        SparseMlp model = Models.Trained([20], 3, new());
        model.Layers[1].WeightValues[2] = float.NaN;
        Assert.Throws<InvalidOperationException>(() => model.ExportOnnx(Path));
        Assert.Equal("old", File.ReadAllText(Path));
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_IOException_with_the_path()
    {
        string path = System.IO.Path.Combine(_folder.FullName, "no", "model.onnx");
        Assert.Contains(path, Assert.ThrowsAny<IOException>(() => Models.Trained([5], 3, new()).ExportOnnx(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_fitted_is_refused() =>
        Assert.Contains("not fitted", Assert.Throws<InvalidOperationException>(() => OnnxRun.Bytes(new SparseMlp(4, [3], 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        SparseMlp model = Models.Trained([5], 3, new());
        model.Layers[1].WeightValues[2] = float.NaN;
        Assert.Equal("Layer 2 holds NaN or infinity, so the model cannot be exported.", Assert.Throws<InvalidOperationException>(() => OnnxRun.Bytes(model)).Message);
    }

    [Fact]
    public void The_input_can_be_renamed()
    {
        SparseMlp model = Models.Trained([5], 3, new());
        using OnnxRun run = OnnxRun.Of(model, new() { InputName = "X" });
        Assert.Equal(["X"], run.Inputs.Keys);
        Assert.Equal(2, run.Run<long>("label", Models.Samples(2)).Values.Length);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("layer1.weight")]
    [InlineData("probabilities")]
    public void A_name_that_the_graph_needs_is_refused(string name)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => OnnxRun.Bytes(Models.Trained([5], 3, new()), new() { InputName = name }));
        Assert.Equal("InputName", exception.ParamName);
        Assert.Contains($"\"{name}\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_when_they_are_made()
    {
        Assert.Throws<ArgumentException>(() => new OnnxExportOptions { InputName = "" });
        Assert.Throws<ArgumentNullException>(() => new OnnxExportOptions { InputName = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxExportOptions { Weights = (OnnxWeightFormat)2 });
        SparseMlp model = Models.Trained([5], 3, new());
        Assert.Throws<ArgumentNullException>(() => model.ExportOnnx((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => model.ExportOnnx((string)null!));
        Assert.Throws<ArgumentNullException>(() => ((SparseMlp)null!).ExportOnnx(Path));
    }

    [Fact]
    public void The_stream_need_not_seek_and_stays_open()
    {
        SparseMlp model = Models.Trained([20], 3, new());
        using var target = new MemoryStream();
        using var stream = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true);
        model.ExportOnnx(stream);
        Assert.True(stream.CanWrite);
    }
}
