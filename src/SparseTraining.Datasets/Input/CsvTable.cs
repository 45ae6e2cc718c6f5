using System.Globalization;
using SparseTraining.Data;
using Sylvan.Data.Csv;

namespace SparseTraining.Datasets.Input;

/// <summary>Collects the records of a CSV file as features and targets.</summary>
internal sealed class CsvTable(CsvOptions options)
{
    private readonly ClassCollector _classes = new(options.ClassNames);
    private readonly List<float[]> _rows = [];
    private readonly List<float> _values = [];
    private string[] _names = [];
    private int[] _featureColumns = [];
    private int[] _targetColumns = [];
    private int _columnCount;
    private long _firstLine;

    /// <summary>Takes the record that the reader stands at; the first one may be the header.</summary>
    public void Add(CsvDataReader record, long line)
    {
        if (_columnCount == 0)
        {
            ReadLayout(record, line);
            if (options.HasHeader)
            {
                return;
            }
        }

        if (record.RowFieldCount != _columnCount)
        {
            throw new InvalidDataException(
                $"Line {line} has {record.RowFieldCount} columns; line {_firstLine} has {_columnCount}.");
        }

        var row = new float[_featureColumns.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = ReadNumber(record, _featureColumns[i], line);
        }

        _rows.Add(row);
        foreach (int column in _targetColumns)
        {
            if (options.TargetKind == TargetKind.Values)
            {
                _values.Add(ReadNumber(record, column, line));
            }
            else
            {
                ReadClass(record, column, line);
            }
        }
    }

    public NamedDataset Finish()
    {
        if (_rows.Count == 0)
        {
            throw new InvalidDataException("There are no samples.");
        }

        string[] classNames = [];
        Targets? targets = null;
        if (options.TargetKind == TargetKind.ClassLabels)
        {
            (int[] labels, classNames) = _classes.Finish(options.ClassNames);
            targets = Targets.FromLabels(labels);
        }
        else if (options.TargetKind == TargetKind.Values)
        {
            targets = Targets.FromValues(_values.ToArray(), _targetColumns.Length);
        }

        string[] featureNames = _names.Length == 0 ? [] : [.. _featureColumns.Select(column => _names[column])];
        return new NamedDataset(new Dataset(FeatureMatrix.FromRows(_rows), targets), featureNames, classNames);
    }

    private void ReadLayout(CsvDataReader record, long line)
    {
        _columnCount = record.RowFieldCount;
        _firstLine = line;
        if (options.HasHeader)
        {
            _names = new string[_columnCount];
            for (int i = 0; i < _names.Length; i++)
            {
                _names[i] = record.GetFieldSpan(i).Trim().ToString();
            }
        }

        var used = new bool[_columnCount];
        _targetColumns = options.TargetKind == TargetKind.None ? [] : Claim(options.TargetColumns, used);
        Claim(options.IgnoredColumns, used);
        _featureColumns = [.. Enumerable.Range(0, _columnCount).Where(column => !used[column])];
        if (_featureColumns.Length == 0)
        {
            throw new InvalidDataException($"None of the {_columnCount} columns is left for the features.");
        }
    }

    private int[] Claim(IReadOnlyList<CsvColumn> columns, bool[] used)
    {
        var positions = new int[columns.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = columns[i].Resolve(_names, _columnCount);
            if (used[positions[i]])
            {
                throw new InvalidDataException($"{columns[i]} is named twice among the target and ignored columns.");
            }

            used[positions[i]] = true;
        }

        return positions;
    }

    private float ReadNumber(CsvDataReader record, int column, long line)
    {
        ReadOnlySpan<char> text = record.GetFieldSpan(column).Trim();
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw Wrong(text, column, line, "a finite number is needed");
    }

    private void ReadClass(CsvDataReader record, int column, long line)
    {
        ReadOnlySpan<char> text = record.GetFieldSpan(column).Trim();
        if (text.IsEmpty || !_classes.Add(text))
        {
            throw Wrong(text, column, line, options.ClassNames is null ? "a class is needed" : "one of the given classes is needed");
        }
    }

    private InvalidDataException Wrong(ReadOnlySpan<char> text, int column, long line, string needed)
    {
        string name = _names.Length == 0 ? "" : $" ('{_names[column]}')";
        string found = text.IsEmpty ? "is missing" : $"is '{(text.Length > 40 ? $"{text[..40]}…" : text)}'";
        return new InvalidDataException($"Line {line}, column {column + 1}{name} {found}; {needed}.");
    }
}
