using System.Diagnostics.CodeAnalysis;
using SparseTraining.Data;
using SparseTraining.Datasets;
using ThesisExperiments.Definitions;

namespace ThesisExperiments.Data;

/// <summary>The two parts of a data set as one run sees them.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Test">What is measured on; scaling and weights never see it.</param>
/// <param name="IsGenerated">Whether a generated stand-in takes the place of the data set.</param>
internal sealed record DataParts(Dataset Train, Dataset Test, bool IsGenerated);

/// <summary>Finds data sets, keeps what it has read, and splits it for each run.</summary>
/// <param name="folder">The folder of the MAT-files, or null for the one that <c>SPARSETRAINING_DATA</c> names.</param>
/// <param name="quick">Whether stand-ins may take the place of every data set that is missing, and parts are cut short.</param>
internal sealed class ExperimentData(string? folder, bool quick)
{
    private const double TestFraction = 1.0 / 3;
    private const int QuickTrain = 2000, QuickTest = 1000;
    private readonly string? _folder = folder ?? Environment.GetEnvironmentVariable(FashionMnist.FolderVariable);
    private readonly Dictionary<string, Dataset> _read = [];
    private (Dataset Train, Dataset Test)? _fashion;

    /// <summary>Loads a data set and splits it for a run.</summary>
    /// <param name="definition">Which one.</param>
    /// <param name="split">The seed of the split, equal for all methods of a run.</param>
    /// <param name="trainSamples">How many of Fashion-MNIST's training samples are used, from the first, or null for all.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="missing">If it is not there: what was looked for and where.</param>
    public bool TryLoad(
        DataDefinition definition, ulong split, int? trainSamples, [NotNullWhen(true)] out DataParts? parts, [NotNullWhen(false)] out string? missing)
    {
        parts = null;
        string? path = Locate(definition, out missing);
        if (missing is not null && !MayStandIn(definition))
        {
            return false;
        }

        missing = null;
        if (definition.IsSplit)
        {
            (Dataset train, Dataset test) = path is null ? FashionStandIn() : Fashion(path);
            int count = Math.Min(trainSamples ?? (quick ? QuickTrain : int.MaxValue), train.Count);
            parts = new DataParts(First(train, count), First(test, quick ? QuickTest : int.MaxValue), path is null);
            return true;
        }

        Dataset all = Read(definition, path);
        (Dataset trainPart, Dataset testPart) = DataSplit.Stratified(all, TestFraction, split);
        parts = new DataParts(trainPart, testPart, path is null);
        return true;
    }

    /// <summary>LUNG is not in the usual collections any more, so that its experiment always has a stand-in.</summary>
    private bool MayStandIn(DataDefinition definition) => quick || definition.Key == "lung";

    private string? Locate(DataDefinition definition, out string? missing)
    {
        if (definition.File is not { } file)
        {
            string? found = FashionFolder();
            missing = found is null ? "the four files of Fashion-MNIST were not found; docs/data.md says where they may lie" : null;
            return found;
        }

        string? path = _folder is not null && Directory.Exists(_folder)
            ? Directory.EnumerateFiles(_folder).FirstOrDefault(p => string.Equals(Path.GetFileName(p), file, StringComparison.OrdinalIgnoreCase))
            : null;
        missing = path is null
            ? $"{file} was not found in {_folder ?? $"any folder (give --data, or set {FashionMnist.FolderVariable})"}"
            : null;
        return path;
    }

    private string? FashionFolder()
    {
        foreach (string candidate in _folder is null ? [] : new[] { _folder, Path.Combine(_folder, "fashion-mnist") })
        {
            if (Directory.Exists(candidate) && Directory.EnumerateFiles(candidate, "train-images-idx3-ubyte*").Any())
            {
                return candidate;
            }
        }

        return FashionMnist.TryLocate(out string? usual) ? usual : null;
    }

    private (Dataset Train, Dataset Test) Fashion(string folder) => _fashion ??= FashionMnist.Load(folder);

    private (Dataset Train, Dataset Test) FashionStandIn()
    {
        DataDefinition fashion = DataDefinition.Of("fashion-mnist");
        return _fashion ??= (Generate(fashion, QuickTrain, 1), Generate(fashion, QuickTest, 2));
    }

    private static Dataset Generate(DataDefinition definition, int samples, ulong seed)
    {
        Dataset inOrder = StandIn.Draw(definition.Features, [.. definition.ClassSizes.Select(_ => samples / definition.Classes)], seed);

        // As in the published files, classes lie mixed.
        int[] mixed = [.. Enumerable.Range(0, inOrder.Count).OrderBy(i => i % (samples / definition.Classes))];
        return inOrder.Subset(mixed);
    }

    private Dataset Read(DataDefinition definition, string? path)
    {
        if (!_read.TryGetValue(definition.Key, out Dataset? data))
        {
            data = path is null ? StandIn.Draw(definition.Features, definition.ClassSizes, 1) : MatFileReader.ReadDataset(path);
            if (data.FeatureCount != definition.Features)
            {
                throw new InvalidDataException($"{path}: there are {data.FeatureCount} features; {definition.Name} has {definition.Features}.");
            }

            if (Enumerable.Range(0, data.Count).Any(i => data.Label(i) >= definition.Classes))
            {
                throw new InvalidDataException($"{path}: a label is beyond the {definition.Classes} classes of {definition.Name}.");
            }

            _read.Add(definition.Key, data);
        }

        return data;
    }

    private static Dataset First(Dataset data, int count) =>
        count >= data.Count ? data : data.Subset([.. Enumerable.Range(0, count)]);
}
