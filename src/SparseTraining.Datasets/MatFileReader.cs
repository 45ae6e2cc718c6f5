using SparseTraining.Data;
using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>
/// Reads numeric matrices from MAT-files of level 5, which MATLAB writes by default (<c>save -v6</c> and <c>-v7</c>) and
/// in which the scikit-feature collection is published.
/// </summary>
/// <remarks>
/// Real dense arrays of every integer and floating-point class are read, compressed or not, in both byte orders. Cell,
/// struct, sparse, complex, text and object variables are passed over, and refused with the reason where one is asked
/// for. Files of level 4 and 7.3 (HDF5) are refused.
/// </remarks>
public static class MatFileReader
{
    /// <summary>Reads all numeric variables of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The variables in the order of the file; empty if it has none that is numeric.</returns>
    /// <exception cref="InvalidDataException">The content is not a MAT-file of level 5, or is damaged.</exception>
    public static IReadOnlyList<MatArray> Read(string path) => DataInput.ReadFile(path, Read);

    /// <summary>Reads all numeric variables from a stream, which is left open.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <returns>The variables in the order of the file; empty if it has none that is numeric.</returns>
    /// <exception cref="InvalidDataException">The content is not a MAT-file of level 5, or is damaged.</exception>
    public static IReadOnlyList<MatArray> Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return [.. new MatFileParser(stream).Variables(_ => true).Select(variable => variable.Array).OfType<MatArray>()];
    }

    /// <summary>Reads a matrix of features and a vector of classes as a data set.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The name of the matrix, [samples, features].</param>
    /// <param name="labels">The name of the vector that holds each sample's class.</param>
    /// <param name="firstLabel">The number of the first class in the file; it becomes label 0.</param>
    /// <returns>The data set with class labels from 0.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, a variable is missing or of a kind that cannot be read, sizes do not fit, a feature is not
    /// finite, or a class is not a whole number from <paramref name="firstLabel"/>.
    /// </exception>
    public static Dataset ReadDataset(string path, string features = "X", string labels = "Y", int firstLabel = 1) =>
        DataInput.ReadFile(path, stream => ReadDataset(stream, features, labels, firstLabel));

    /// <summary>Reads a matrix of features and a vector of classes from a stream, which is left open.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="features">The name of the matrix, [samples, features].</param>
    /// <param name="labels">The name of the vector that holds each sample's class.</param>
    /// <param name="firstLabel">The number of the first class in the file; it becomes label 0.</param>
    /// <returns>The data set with class labels from 0.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, a variable is missing or of a kind that cannot be read, sizes do not fit, a feature is not
    /// finite, or a class is not a whole number from <paramref name="firstLabel"/>.
    /// </exception>
    public static Dataset ReadDataset(Stream stream, string features = "X", string labels = "Y", int firstLabel = 1)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(features);
        ArgumentException.ThrowIfNullOrEmpty(labels);
        List<MatVariable> variables = [.. new MatFileParser(stream).Variables(name => name == features || name == labels)];
        MatArray x = Find(variables, features);
        MatArray y = Find(variables, labels);
        if (x.Dimensions.Count != 2 || x.Count == 0)
        {
            throw new InvalidDataException(
                $"'{features}' is {string.Join(" × ", x.Dimensions)}; samples × features are needed, at least 1 × 1.");
        }

        int samples = x.Dimensions[0];
        if (y.Count != samples || y.Dimensions.Count(size => size != 1) > 1)
        {
            throw new InvalidDataException(
                $"'{labels}' is {string.Join(" × ", y.Dimensions)}; one class is needed for each of the {samples} samples of '{features}'.");
        }

        float[] values = x.ToRowMajorSingles();
        int wrong = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            int columns = x.Dimensions[1];
            throw new InvalidDataException(
                $"'{features}' has the value {values[wrong]} in row {wrong / columns}, column {wrong % columns}; features must be finite.");
        }

        int[] classes = WholeNumbers.ToLabels(y.ToDoubles(), firstLabel, $"'{labels}'");
        return new Dataset(FeatureMatrix.FromMatrix(values, x.Dimensions[1]), Targets.FromLabels(classes));
    }

    private static MatArray Find(List<MatVariable> variables, string name)
    {
        MatVariable? found = variables.Find(variable => variable.Name == name);
        if (found is null)
        {
            string names = variables.Count == 0 ? "none" : string.Join(", ", variables.Take(20).Select(v => $"'{v.Name}'"));
            throw new InvalidDataException($"There is no variable '{name}'; the file's variables: {names}.");
        }

        return found.Array
            ?? throw new InvalidDataException($"'{name}' is {found.Kind}; only real dense numeric arrays can be read.");
    }
}
