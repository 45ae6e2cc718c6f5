using SparseTraining.Data;

namespace SparseTraining.Datasets;

/// <summary>How a CSV file is laid out. The defaults: a header, commas, the class in the last column.</summary>
public sealed class CsvOptions
{
    /// <summary>Whether the first line names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What separates fields.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>
    /// What the target columns hold: classes (numbers or text), real values, or <see cref="TargetKind.None"/> for a file
    /// of features only.
    /// </summary>
    public TargetKind TargetKind { get; init; } = TargetKind.ClassLabels;

    /// <summary>
    /// The columns of the targets: exactly one for classes, at least one for values. Ignored for
    /// <see cref="TargetKind.None"/>.
    /// </summary>
    public IReadOnlyList<CsvColumn> TargetColumns { get; init; } = [CsvColumn.Last];

    /// <summary>Columns that are neither feature nor target, such as an identifier.</summary>
    public IReadOnlyList<CsvColumn> IgnoredColumns { get; init; } = [];

    /// <summary>
    /// The classes in the order of their labels, as another file's <see cref="NamedDataset.ClassNames"/> gives them; a
    /// class that is not among them is an error. By default the file's own classes, in order of value if all are
    /// numbers, else in ordinal order of their texts.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal void Validate()
    {
        if (!Enum.IsDefined(TargetKind))
        {
            throw new ArgumentException($"{TargetKind} is no kind of target.");
        }

        ArgumentNullException.ThrowIfNull(TargetColumns);
        ArgumentNullException.ThrowIfNull(IgnoredColumns);
        if (TargetKind == TargetKind.ClassLabels && TargetColumns.Count != 1)
        {
            throw new ArgumentException($"Class labels come from exactly 1 column; {TargetColumns.Count} are given.");
        }

        if (TargetKind == TargetKind.Values && TargetColumns.Count < 1)
        {
            throw new ArgumentException("Target values need at least 1 column; none is given.");
        }

        if (Separator is '"' or '#' or '\n' or '\r' || char.IsLetterOrDigit(Separator) || Separator is '.' or '-' or '+')
        {
            throw new ArgumentException($"'{Separator}' cannot separate fields.");
        }
    }
}
