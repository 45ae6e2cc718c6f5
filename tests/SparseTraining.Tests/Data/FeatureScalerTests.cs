using SparseTraining.Data;

namespace SparseTraining.Tests.Data;

public class FeatureScalerTests
{
    private static readonly Dataset Data = new(FeatureMatrix.FromRows([[1f, 10f, 5f], [3f, 10f, 7f], [5f, 10f, 3f], [7f, 10f, 1f]]));

    [Fact]
    public void Standard_scaling_gives_mean_0_and_deviation_1_and_constants_become_0()
    {
        FeatureScaler scaler = FeatureScaler.FitStandard(Data);
        var rows = new float[4][];
        for (int i = 0; i < 4; i++)
        {
            rows[i] = new float[3];
            Data.CopyFeatures(i, rows[i]);
            scaler.Transform(rows[i], rows[i]);
        }

        foreach (int f in new[] { 0, 2 })
        {
            Assert.Equal(0, rows.Average(row => row[f]), 6);
            Assert.Equal(1, rows.Average(row => row[f] * row[f]), 5);
        }

        Assert.All(rows, row => Assert.Equal(0f, row[1]));
    }

    [Fact]
    public void Min_max_scaling_fills_0_to_1()
    {
        FeatureScaler scaler = FeatureScaler.FitMinMax(Data);
        var row = new float[3];
        scaler.Transform([7f, 10f, 1f], row);
        Assert.Equal([1f, 0f, 0f], row);
    }

    [Fact]
    public void A_large_mean_with_a_small_spread_is_fitted_well()
    {
        float[][] rows = [.. Enumerable.Range(0, 1000).Select(i => new[] { 100_000f + i % 2 })];
        FeatureScaler scaler = FeatureScaler.FitStandard(new Dataset(FeatureMatrix.FromRows(rows)));
        Assert.Equal(2f, scaler.Scales[0], 1e-4f);
        Assert.Equal(100_000.5f, scaler.Offsets[0]);
    }

    [Fact]
    public void Bad_constants_and_samples_are_refused()
    {
        Assert.Contains("1 offsets and 2 scales", Assert.Throws<ArgumentException>(() => new FeatureScaler([1f], [1f, 2f])).Message, StringComparison.Ordinal);
        Assert.Contains("Feature 1", Assert.Throws<ArgumentException>(() => new FeatureScaler([1f, 1f], [1f, float.NaN])).Message, StringComparison.Ordinal);
        FeatureScaler scaler = FeatureScaler.FitStandard(Data);
        Assert.Contains("2 features does not fit a scaler of 3", Assert.Throws<ArgumentException>(() => scaler.Transform([1f, 2f], new float[3])).Message, StringComparison.Ordinal);
    }
}
