using System.Globalization;
using System.Reflection;
using SparseTraining.Data;
using SparseTraining.Datasets.Input;

namespace SparseTraining.Datasets;

/// <summary>
/// Handwritten digits, 1797 images of 8 × 8 pixels in 10 classes, held in this package: real data for a first try.
/// </summary>
/// <remarks>
/// The test part of E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
/// Repository, 1998, licensed CC BY 4.0.
/// </remarks>
public static class Digits
{
    private const float LargestPixel = 16;

    /// <summary>1 channel, 8 rows, 8 columns.</summary>
    public static ImageShape ImageShape => new(1, 8, 8);

    /// <summary>The digits 0 to 9 as text.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        [.. Enumerable.Range(0, 10).Select(digit => digit.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Unpacks the data.</summary>
    /// <param name="scaleToUnit">
    /// Whether pixels are divided by 16 to lie in [0, 1], which is the default; otherwise they are whole numbers from 0
    /// to 16 as published.
    /// </param>
    /// <returns>1797 samples of 64 features, in the published order, with the digit as class label.</returns>
    public static Dataset Load(bool scaleToUnit = true)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("digits.csv.gz")!;
        Dataset data = CsvReader.Read(stream, new CsvOptions { HasHeader = false, ClassNames = ClassNames }).Data;
        if (!scaleToUnit)
        {
            return data;
        }

        var pixels = new float[data.Count * data.FeatureCount];
        var labels = new int[data.Count];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyFeatures(i, pixels.AsSpan(i * data.FeatureCount));
            labels[i] = data.Label(i);
        }

        PixelScale.DivideBy(pixels, LargestPixel);
        return new Dataset(FeatureMatrix.FromMatrix(pixels, data.FeatureCount), Targets.FromLabels(labels));
    }
}
