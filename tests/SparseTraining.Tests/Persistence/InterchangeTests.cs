using System.Text;
using SparseTraining.Layers;
using SparseTraining.Persistence;
using SparseTraining.Topology;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;

namespace SparseTraining.Tests.Persistence;

/// <summary>Models go out to the formats of other programs and come back with the same bits.</summary>
public class InterchangeTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparse-").FullName;

    public static TheoryData<string> Names => SmallModels.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Safetensors_come_back(string name)
    {
        SparseMlp model = SmallModels.All[name]();
        model.ClassNames = model.Options.Task == MlpTask.MulticlassClassification ? [.. Enumerable.Range(0, model.OutputSize).Select(c => $"\"{c}\" ä")] : [];
        string path = Path.Combine(_folder, "model.safetensors");
        model.ExportSafetensors(path);
        SparseMlp back = SparseMlp.ImportSafetensors(path);
        AssertSame(model, back);
        Assert.Equal(model.ClassNames, back.ClassNames);
        LayerKind kind = model.Options.Layers == LayerKind.Dense ? LayerKind.Dense : LayerKind.Sparse;
        Assert.Equal(OptionsText.Of(model.Options with { Layers = kind }), OptionsText.Of(back.Options));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Npz_comes_back(string name)
    {
        SparseMlp model = SmallModels.All[name]();
        model.ExportNpz(_folder);
        AssertSame(model, SparseMlp.ImportNpz(_folder, model.Options));
    }

    [Fact]
    public void Other_types_of_numbers_are_read()
    {
        string header = """{"layers.0.shape":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},"layers.0.indptr":{"dtype":"U16","shape":[3],"data_offsets":[8,14]},"layers.0.indices":{"dtype":"I64","shape":[2],"data_offsets":[14,30]},"layers.0.data":{"dtype":"BF16","shape":[2],"data_offsets":[30,34]},"layers.0.bias":{"dtype":"F64","shape":[2],"data_offsets":[34,50]},"else":{"dtype":"F16","shape":[1,1],"data_offsets":[50,52]}}""";
        byte[] bytes =
        [
            .. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header),
            2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0x00, 0xc0, .. BitConverter.GetBytes(0.5), .. BitConverter.GetBytes(0.25), 0, 0,
        ];
        SparseMlp model = SparseMlp.ImportSafetensors(new ForwardOnlyStream(new MemoryStream(bytes), 7), new SparseMlpOptions { Task = MlpTask.Regression });
        Assert.Equal([1f * 30 + 0.5f, -2f * 20 + 0.25f], model.Predict([10, 20, 30]));
        Assert.Equal([new Link(0, 2), new Link(1, 1)], ((IRewirable)model.Layers[0]).Mask);
    }

    [Theory]
    [InlineData("{}", "no layer")]
    [InlineData("{\"layers.0.shape\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}}", "ends 16 bytes early")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000000],\"data_offsets\":[0,4000000000000]}}", "cannot lie at")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}", "ends 2000000000 bytes early")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "cannot lie at")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "cannot lie at")]
    [InlineData("{\"a\":{\"dtype\":\"C64\",\"shape\":[0],\"data_offsets\":[0,0]}}", "C64")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,-4]}}", "cannot lie at")]
    [InlineData("{\"a\":[]}", "damaged")]
    [InlineData("[]", "damaged")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"", "damaged")]
    [InlineData("{\"__metadata__\":{\"option.seed\":\"x\"}}", "seed")]
    public void Damaged_safetensors_are_refused(string header, string reason)
    {
        byte[] bytes = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidDataException>(() => SparseMlp.ImportSafetensors(new MemoryStream(bytes)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Safetensors_cut_off_anywhere_are_refused()
    {
        using var stream = new MemoryStream();
        SmallModels.All["srelu"]().ExportSafetensors(stream);
        byte[] bytes = stream.ToArray();
        for (int length = 0; length < bytes.Length; length += 3)
        {
            Assert.Throws<InvalidDataException>(() => SparseMlp.ImportSafetensors(new MemoryStream(bytes, 0, length)));
        }
    }

    [Fact]
    public void A_model_that_does_not_fit_its_options_is_refused()
    {
        SmallModels.All["srelu"]().ExportNpz(_folder);
        Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder));
        Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder, new SparseMlpOptions { Layers = LayerKind.Dense }));
        Assert.Throws<FileNotFoundException>(() => SparseMlp.ImportNpz(Path.Combine(_folder, "..")));
        File.Copy(Path.Combine(_folder, "layer0.npz"), Path.Combine(_folder, "layer3.npz"));
        Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder, SmallModels.All["srelu"]().Options));
    }

    [Fact]
    public void Outputs_that_do_not_fit_the_options_are_refused_as_in_a_new_model()
    {
        var mlp = new SparseMlp(3, [], 1, new SparseMlpOptions { Task = MlpTask.Regression });
        mlp.ExportNpz(_folder);
        foreach ((SparseMlpOptions options, string reason) in new[]
        {
            (new SparseMlpOptions { Task = MlpTask.Regression, OutputActivation = KnownActivations.Softmax }, "Softmax needs at least 2 outputs"),
            (new SparseMlpOptions { Task = MlpTask.MulticlassClassification }, "at least 2 outputs"),
        })
        {
            string message = Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder, options)).Message;
            Assert.Contains(reason, message, StringComparison.Ordinal);
        }

        Assert.Equal(1, SparseMlp.ImportNpz(_folder, mlp.Options).OutputSize);
    }

    [Fact]
    public void Damaged_npz_is_refused()
    {
        SmallModels.All["linear"]().ExportNpz(_folder);
        string path = Path.Combine(_folder, "layer0.npz");
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length += 5)
        {
            Assert.Throws<InvalidDataException>(() => NpzFile.Read(new MemoryStream(bytes, 0, length)));
        }
    }

    /// <summary>A scaler that is passed over would leave a model that predicts something else.</summary>
    [Theory]
    [InlineData("offsets", "scales")]
    [InlineData("scales", "offsets")]
    [InlineData("else", "offsets")]
    public void A_scaler_with_an_array_missing_is_refused(string there, string missing)
    {
        SmallModels.All["linear"]().ExportNpz(_folder);
        using (FileStream stream = File.Create(Path.Combine(_folder, "scaler.npz")))
        {
            NpzFile.Write(stream, "csr", [new(there, PlainArray.Of([1f]))]);
        }

        string message = Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder)).Message;
        Assert.Contains("scaler.npz", message, StringComparison.Ordinal);
        Assert.Contains($"\"{missing}\" is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_npz_file_that_lacks_an_array_is_named()
    {
        SmallModels.All["linear"]().ExportNpz(_folder);
        string path = Path.Combine(_folder, "layer0.npz");
        using (FileStream stream = File.Create(path))
        {
            NpzFile.Write(stream, "csr", [new("shape", new PlainArray("I64", [2], PlainNumbers.Shape(1, 1)))]);
        }

        var exception = Assert.Throws<InvalidDataException>(() => SparseMlp.ImportNpz(_folder));
        Assert.Equal($"{path}: The array \"indptr\" is missing.", exception.Message);
    }

    [Fact]
    public void More_inputs_than_links_can_justify_are_refused()
    {
        var layer = new CsrLayer(1, 2_000_000_000, [0, 1], [1_999_999_999], [1f], [0f], []);
        Assert.Contains("2000000000 inputs", Assert.Throws<InvalidDataException>(() => layer.ToLinear("Layer 0")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_are_no_layer_are_refused()
    {
        var good = new CsrLayer(2, 3, [0, 1, 3], [2, 0, 1], [1f, 2f, 3f], [0f, 0f], []);
        Assert.Equal(3, good.ToLinear("Layer 0").LinkCount);
        foreach (CsrLayer bad in new[]
        {
            good with { Values = [1f, 2f] }, good with { Bias = [0f] }, good with { RowPointers = [0, 3] }, good with { RowPointers = [0, 2, 3] },
            good with { ColumnIndices = [3, 0, 1] }, good with { ColumnIndices = [2, 1, 0] }, good with { Values = [1f, float.NaN, 3f] },
            good with { Bias = [0f, float.PositiveInfinity] }, good with { Columns = 0 }, good with { Rows = 0, Bias = [], RowPointers = [0] },
        })
        {
            Assert.Contains("Layer 0", Assert.Throws<InvalidDataException>(() => bad.ToLinear("Layer 0")).Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSame(SparseMlp expected, SparseMlp actual)
    {
        Assert.True(actual.IsFitted);
        Assert.Equal(SmallModels.Predictions(expected), SmallModels.Predictions(actual));
        Assert.Equal(expected.LinkCount, actual.LinkCount);
    }
}
