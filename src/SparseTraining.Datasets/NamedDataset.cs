using SparseTraining.Data;

namespace SparseTraining.Datasets;

/// <summary>Data together with the names that its file gives to features and classes.</summary>
public sealed class NamedDataset
{
    internal NamedDataset(Dataset data, IReadOnlyList<string> featureNames, IReadOnlyList<string> classNames)
    {
        Data = data;
        FeatureNames = featureNames;
        ClassNames = classNames;
    }

    /// <summary>The samples: what a network is trained on.</summary>
    public Dataset Data { get; }

    /// <summary>One name a feature, or empty where the file has none.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>
    /// The text that stood in the file for each class label: label i of <see cref="Data"/> is the class
    /// <c>ClassNames[i]</c>. Empty where the data has no class labels. Hand it to the reader of the test file, so that
    /// both files' labels mean the same.
    /// </summary>
    public IReadOnlyList<string> ClassNames { get; }
}
