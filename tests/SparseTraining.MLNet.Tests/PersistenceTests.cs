using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>Pipelines are saved and loaded with ML.NET's own methods, in this process and in another one.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sparse-mlnet-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_loaded_classifier_gives_the_same_bits_and_names()
    {
        IDataView train = _context.View(Samples.Examples(100)), test = _context.View(Samples.Examples(30, seed: 2));
        ITransformer model = _context.NamePipeline().Fit(train);
        ITransformer loaded = Reload(model, train.Schema);
        IDataView expected = model.Transform(test), actual = loaded.Transform(test);
        Assert.Equal(expected.GetColumn<float[]>("Score"), actual.GetColumn<float[]>("Score"));
        Assert.Equal(expected.GetColumn<string>("PredictedName"), actual.GetColumn<string>("PredictedName"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        actual.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(3, names.Length);
    }

    [Fact]
    public void A_loaded_binary_model_gives_the_same_bits()
    {
        IDataView train = _context.View(Samples.Examples(100)), test = _context.View(Samples.Examples(30, seed: 2));
        var model = _context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(train);
        ITransformer loaded = Reload(model, train.Schema);
        Assert.Equal(model.Transform(test).GetColumn<float>("Score"), loaded.Transform(test).GetColumn<float>("Score"));
        Assert.Equal(model.Transform(test).GetColumn<float>("Probability"), loaded.Transform(test).GetColumn<float>("Probability"));
        Assert.Equal(model.Transform(test).GetColumn<bool>("PredictedLabel"), loaded.Transform(test).GetColumn<bool>("PredictedLabel"));
        Assert.IsType<BinaryPredictionTransformer<SparseMlpBinaryModelParameters>>(loaded);
    }

    [Fact]
    public async Task Another_process_loads_the_model_without_knowing_the_library()
    {
        IDataView train = _context.View(Samples.Examples(100));
        var model = _context.Regression.Trainers.SparseMlp(Samples.Small with { LabelColumnName = nameof(Example.Value) }).Fit(train);
        _context.Model.Save(model, train.Schema, _path);
        IEnumerable<float> expected = model.Transform(_context.View(Enumerable.Range(0, 5).Select(i => new Example { Features = [i, 1 - i, 0.5f * i, 2] }))).GetColumn<float>("Score");

        string loader = Path.Combine(AppContext.BaseDirectory, "SparseTraining.MLNet.Loader.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [loader, _path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => float.Parse(line, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_damaged_network_is_an_error_that_says_so()
    {
        IDataView train = _context.View(Samples.Examples(60));
        _context.Model.Save(_context.BinaryClassification.Trainers.SparseMlp(Samples.Small).Fit(train), train.Schema, _path);
        using (ZipArchive zip = ZipFile.Open(_path, ZipArchiveMode.Update))
        {
            ZipArchiveEntry entry = zip.Entries.Single(file => file.Name == "Networks");
            byte[] bytes;
            using (Stream whole = entry.Open())
            {
                var copy = new MemoryStream();
                whole.CopyTo(copy);
                bytes = copy.ToArray();
            }

            string name = entry.FullName;
            entry.Delete();
            using Stream half = zip.CreateEntry(name).Open();
            half.Write(bytes.AsSpan(0, bytes.Length / 2));
        }

        Exception? e = Assert.ThrowsAny<Exception>(() => _context.Model.Load(_path, out _));
        while (e is not null and not InvalidDataException)
        {
            e = e.InnerException;
        }

        Assert.NotNull(e);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    [InlineData(int.MaxValue - 100)]
    public void A_stated_length_of_a_network_is_not_believed(int length)
    {
        var bytes = new MemoryStream();
        var writer = new BinaryWriter(bytes);
        writer.Write(1);            // features
        writer.Write(0);            // of them encoded
        writer.Write(false);        // no scale of labels
        writer.Write(1);            // networks
        writer.Write(1f);           // share
        writer.Write(length);
        writer.Write(new byte[100]);
        bytes.Position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<InvalidDataException>(() => NetworkEnsemble.Load(new BinaryReader(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
        Assert.Equal("Network 1 of the model is cut off.", exception.Message);
    }

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        _context.Model.Save(model, schema, _path);
        return new MLContext().Model.Load(_path, out _);
    }
}
