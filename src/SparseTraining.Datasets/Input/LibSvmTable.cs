using System.Globalization;
using System.Text;
using SparseTraining.Data;

namespace SparseTraining.Datasets.Input;

/// <summary>Collects the samples of a LibSVM file.</summary>
internal sealed class LibSvmTable(LibSvmOptions options)
{
    private readonly ClassCollector _classes = new(options.ClassNames);
    private readonly List<float> _targets = [];
    private readonly List<int> _rowPointers = [0];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private int _previous;
    private int _featureCount;

    public void BeginSample(ReadOnlySpan<byte> target, long line)
    {
        _previous = -1;
        float value = ParseNumber(target, "target", line);
        if (options.TargetKind == TargetKind.Values)
        {
            _targets.Add(value);
        }
        else if (options.TargetKind == TargetKind.ClassLabels && !_classes.Add(Encoding.UTF8.GetString(target)))
        {
            throw new InvalidDataException($"Line {line}: the class '{Show(target)}' is not among the given classes.");
        }
    }

    public void AddFeature(ReadOnlySpan<byte> pair, long line)
    {
        int colon = pair.IndexOf((byte)':');
        if (colon < 0)
        {
            throw new InvalidDataException($"Line {line}: '{Show(pair)}' is not an index, a colon and a value.");
        }

        if (!int.TryParse(pair[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index < options.FirstIndex)
        {
            throw new InvalidDataException(
                $"Line {line}: the index '{Show(pair[..colon])}' is not a whole number from {options.FirstIndex} to {int.MaxValue}.");
        }

        int feature = index - options.FirstIndex;
        int limit = options.FeatureCount ?? int.MaxValue;
        if (feature >= limit)
        {
            throw new InvalidDataException($"Line {line}: index {index} is beyond the {limit} features that a sample may have.");
        }

        if (feature <= _previous)
        {
            throw new InvalidDataException(
                $"Line {line}: index {index} follows {_previous + options.FirstIndex}; indices must rise within a line.");
        }

        if (_columns.Count == Array.MaxLength)
        {
            throw new InvalidDataException($"Line {line}: there are more than {Array.MaxLength} values.");
        }

        _values.Add(ParseNumber(pair[(colon + 1)..], $"value of index {index}", line));
        _columns.Add(feature);
        _previous = feature;
        _featureCount = Math.Max(_featureCount, feature + 1);
    }

    public void EndSample() => _rowPointers.Add(_columns.Count);

    public NamedDataset Finish()
    {
        int features = options.FeatureCount ?? _featureCount;
        if (_rowPointers.Count == 1 || features == 0)
        {
            throw new InvalidDataException(_rowPointers.Count == 1 ? "There are no samples." : "No sample names a feature.");
        }

        var matrix = FeatureMatrix.FromCsr(features, _rowPointers.ToArray(), _columns.ToArray(), _values.ToArray());
        switch (options.TargetKind)
        {
            case TargetKind.ClassLabels:
                (int[] labels, string[] names) = _classes.Finish(options.ClassNames);
                return new NamedDataset(new Dataset(matrix, Targets.FromLabels(labels)), [], names);
            case TargetKind.Values:
                return new NamedDataset(new Dataset(matrix, Targets.FromValues(_targets.ToArray())), [], []);
            default:
                return new NamedDataset(new Dataset(matrix), [], []);
        }
    }

    private static float ParseNumber(ReadOnlySpan<byte> text, string what, long line) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"Line {line}: the {what} is '{Show(text)}'; a finite number is needed.");

    private static string Show(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text.Length > 40 ? text[..40] : text) + (text.Length > 40 ? "…" : "");
}
