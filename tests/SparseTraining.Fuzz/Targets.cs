using System.Text;
using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Datasets.Tests;
using SparseTraining.Persistence;

namespace SparseTraining.Fuzz;

/// <summary>Every reader of the library that takes files from strangers, with small good files for each.</summary>
internal static class Targets
{
    // Deflate makes at most 1,032 bytes of one; the readers of data unpack and then parse.
    private const long Unpacked = 1032;

    public static IReadOnlyList<Target> All { get; } =
    [
        new("model", bytes => SparseMlp.Load(new MemoryStream(bytes)), [.. Models().Select(Saved)], true, 300_000, 64),
        new("predictor", bytes => SparseMlpPredictor.Load(new MemoryStream(bytes)), [.. Models().Select(Saved)], true, 300_000, 64),
        new("checkpoint", bytes => Checkpoint.Read(new MemoryStream(bytes)), [.. Checkpoints()], true, 300_000, 64),
        new("safetensors", bytes => SparseMlp.ImportSafetensors(new MemoryStream(bytes)), [.. Models().Select(Safetensors)], false, 1_000_000, 256),
        new("npz", bytes => LayerArrays.Read(NpzFile.Read(new MemoryStream(bytes)), "").ToLinear("Layer 0"), [.. Models().SelectMany(Npz)], false, 1_000_000, 2 * Unpacked),
        new("idx", bytes => IdxReader.Read(new MemoryStream(bytes)).ToSingles(), Gzipped(Idx()), false, 300_000, 16 * Unpacked),
        new("csv", bytes => CsvReader.Read(new MemoryStream(bytes)), Gzipped(Csv()), false, 1_000_000, 64 * Unpacked),
        new("libsvm", bytes => LibSvmReader.Read(new MemoryStream(bytes)), Gzipped(LibSvm()), false, 300_000, 64 * Unpacked),
        new("mat", ReadMat, Mat(), false, 300_000, 16 * Unpacked),
    ];

    private static IEnumerable<SparseMlp> Models()
    {
        SparseMlpOptions[] options =
        [
            new() { Epsilon = 2, FeatureScaling = FeatureScaling.Standard },
            new() { Epsilon = 2, Layers = LayerKind.MaskedDense, HiddenActivation = Activations.Activations.SRelu() },
            new() { Layers = LayerKind.Dense, HiddenActivation = Activations.Activations.AllRelu(0.25) },
            new() { Epsilon = 1, OutputLayer = OutputLayerKind.SparseEvolving, Evolution = Evolution.TopologyEvolution.Osv() },
        ];
        foreach (SparseMlpOptions option in options)
        {
            var model = new SparseMlp(6, [5], 3, option) { ClassNames = ["a", "b", "c"] };
            model.Fit(Data(), new FitOptions { Epochs = 1, BatchSize = 4, MaxDegreeOfParallelism = 1 });
            yield return model;
        }
    }

    private static Dataset Data() => Dataset.FromLabels(
        [.. Enumerable.Range(0, 9).Select(i => Enumerable.Range(0, 6).Select(f => (float)((i * 7) + f) / 10).ToArray())], new int[] { 0, 1, 2, 0, 1, 2, 0, 1, 2 });

    private static byte[] Saved(SparseMlp model)
    {
        var stream = new MemoryStream();
        model.Save(stream, new ModelFileOptions { Precision = model.Options.Layers == LayerKind.Dense ? WeightPrecision.Float16 : WeightPrecision.Float32 });
        return stream.ToArray();
    }

    private static byte[] Safetensors(SparseMlp model)
    {
        var stream = new MemoryStream();
        model.ExportSafetensors(stream);
        return stream.ToArray();
    }

    private static IEnumerable<byte[]> Npz(SparseMlp model)
    {
        string folder = Directory.CreateTempSubdirectory("sparse-fuzz-").FullName;
        model.ExportNpz(folder);
        byte[][] files = [.. Directory.GetFiles(folder, "layer*").Select(File.ReadAllBytes)];
        Directory.Delete(folder, true);
        return files;
    }

    private static List<byte[]> Checkpoints()
    {
        string folder = Directory.CreateTempSubdirectory("sparse-fuzz-").FullName;
        var model = new SparseMlp(6, [4], 3, new SparseMlpOptions { Epsilon = 1, LearningRateSchedule = Schedules.LearningRateSchedules.LossDriven() });
        model.Fit(Data(), new FitOptions
        {
            Epochs = 2,
            BatchSize = 4,
            Validation = Data(),
            EarlyStopping = new(),
            Callbacks = [new CheckpointCallback(folder) { EverySteps = 2, KeepLast = 9 }],
            MaxDegreeOfParallelism = 1,
        });
        List<byte[]> files = [.. Directory.GetFiles(folder).Select(File.ReadAllBytes)];
        Directory.Delete(folder, true);
        return files;
    }

    private static byte[][] Idx() =>
    [
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        [0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0],
        [0, 0, 0x0c, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff],
    ];

    private static byte[][] Csv() =>
    [
        Encoding.UTF8.GetBytes("a,b,class\n1,2.5,x\n-3e2,\"4\",\"y,z\"\n# remark\n\n5,6,x\n"),
        Encoding.UTF8.GetBytes("f1,f2,f3,label\r\n0.1,0.2,0.3,0\r\n1,1,1,1\r\n2,2,2,0\r\n"),
    ];

    private static byte[][] LibSvm() =>
    [
        Encoding.UTF8.GetBytes("+1 1:0.5 3:2 7:-1e-3\n-1 2:1 # remark\n\n+1\n"),
        Encoding.UTF8.GetBytes("2 1:1 2:2 3:3\n0 10:5\n1 1:7 4:8\n"),
    ];

    private static byte[][] Mat()
    {
        var little = new MatFileBuilder();
        var big = new MatFileBuilder(littleEndian: false);
        return
        [
            little.Variable(little.Doubles("X", [3, 2], 1, 2, 3, 4, 5, 6)).Variable(little.Doubles("Y", [3, 1], 1, 2, 1), compressed: true).ToArray(),
            big.Variable(big.Matrix("X", 9, [2, 2], big.Numbers(2, 1, 2, 3, 4))).Variable(big.Doubles("Y", [2, 1], 1, 2)).ToArray(),
        ];
    }

    private static void ReadMat(byte[] bytes)
    {
        _ = MatFileReader.Read(new MemoryStream(bytes));
        _ = MatFileReader.ReadDataset(new MemoryStream(bytes));
    }

    private static IReadOnlyList<byte[]> Gzipped(byte[][] files) => [.. files, TestFiles.Gzip(files[0])];
}
