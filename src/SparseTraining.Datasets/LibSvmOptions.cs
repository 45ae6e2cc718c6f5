using SparseTraining.Data;

namespace SparseTraining.Datasets;

/// <summary>How a LibSVM file is to be read. The defaults: classes, features counted from 1.</summary>
public sealed class LibSvmOptions
{
    /// <summary>What the first number of each line is: a class, a real value, or nothing that is wanted.</summary>
    public TargetKind TargetKind { get; init; } = TargetKind.ClassLabels;

    /// <summary>
    /// Features of a sample, where the file need not name the last of them (a test file often does not); by default as
    /// many as the largest index asks for.
    /// </summary>
    public int? FeatureCount { get; init; }

    /// <summary>The index of the first feature: 1 as in the format, or 0 as some programs write it.</summary>
    public int FirstIndex { get; init; } = 1;

    /// <summary>
    /// The classes in the order of their labels, as another file's <see cref="NamedDataset.ClassNames"/> gives them; a
    /// class that is not among them is an error. By default the file's own classes in order of value.
    /// </summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    internal void Validate()
    {
        if (!Enum.IsDefined(TargetKind))
        {
            throw new ArgumentException($"{TargetKind} is no kind of target.");
        }

        if (FirstIndex is not (0 or 1))
        {
            throw new ArgumentException($"The first index is {FirstIndex}; it must be 0 or 1.");
        }

        if (FeatureCount < 1)
        {
            throw new ArgumentException($"The feature count is {FeatureCount}; it must be at least 1.");
        }
    }
}
