using SparseTraining.MLNet.Data;

namespace SparseTraining.MLNet.Tests;

/// <summary>What networks see of a feature.</summary>
public class EncodingTests
{
    [Fact]
    public void A_value_is_centred_scaled_and_bent()
    {
        EncodedFeature feature = Fit([0, 1, 2, 3, 4], bins: 0);
        Assert.Equal(1, feature.PlainCount);
        Assert.Equal(0, feature.BinCount);
        Assert.Equal(0, Plain(feature, 2)[0]);

        // Quartiles 1 and 3: (4 − 2) / 2 = 1, then 1 / √(1 + 1/9).
        Assert.Equal(1 / Math.Sqrt(1 + 1 / 9.0), Plain(feature, 4)[0], 1e-6);
        Assert.Equal(3, Plain(feature, float.MaxValue)[0], 1e-4);
        Assert.Equal(-3, Plain(feature, float.MinValue)[0], 1e-4);
    }

    [Fact]
    public void A_feature_that_is_mostly_0_is_scaled_by_its_range() =>
        Assert.Equal(2 / Math.Sqrt(1 + 4 / 9.0), Plain(Fit([0, 0, 0, 0, 0, 0, 0, 5], bins: 8), 5)[0], 1e-6);

    [Theory]
    [InlineData(1e-45f)]
    [InlineData(1e-40f)]
    [InlineData(1e38f)]
    public void Values_of_every_size_are_encoded_finite_and_apart(float unit)
    {
        foreach (float[] values in new float[][] { [0, 1, 2, 3], [0, 0, 0, 0, 0, 3], [-3, -2, 0, 3] })
        {
            float[] column = [.. values.Select(value => value * unit)];
            EncodedFeature feature = Fit(column, bins: 2);
            Assert.All(column, value => Assert.True(float.IsFinite(Plain(feature, value)[0])));
            Assert.All(column, value => Assert.All(Bins(feature, value), part => Assert.InRange(part, -1, 1)));
            Assert.True(Plain(feature, column[0])[0] < Plain(feature, column[^1])[0]);
        }
    }

    [Fact]
    public void Missing_values_are_the_median_and_said_to_be_missing()
    {
        EncodedFeature feature = Fit([10, float.NaN, 20, 30, 40, 50], bins: 2);
        Assert.Equal(2, feature.PlainCount);
        Assert.Equal([0, 1], Plain(feature, float.NaN));
        Assert.Equal([0, 1], Plain(feature, float.NegativeInfinity));
        Assert.Equal([0, 0], Plain(feature, 30));
        Assert.Equal([0, 0], Bins(feature, float.NaN));
    }

    [Fact]
    public void Bins_say_where_a_value_lies()
    {
        // Bounds 0, 2, 4; values that fill both bins alike lie in the first one's upper part three quarters of the time.
        EncodedFeature feature = Fit([0, 1, 2, 3, 4], bins: 2);
        Assert.Equal([0f, 2, 4], feature.Bounds);
        Assert.Equal([-0.75f, -0.25f], Bins(feature, -7));
        Assert.Equal([-0.25f, -0.25f], Bins(feature, 1));
        Assert.Equal([0.25f, 0.25f], Bins(feature, 3));
        Assert.Equal([0.25f, 0.75f], Bins(feature, 99));
    }

    [Fact]
    public void Features_of_two_values_have_no_bins() => Assert.Equal(0, Fit([0, 1, 0, 1, 1, 0, 1, 0, 0], bins: 8).BinCount);

    [Fact]
    public void A_feature_that_says_nothing_is_left_out()
    {
        Assert.Null(EncodedFeature.Fit(0, new FeatureRange(3, 3, false), [3, 3], 8));
        Assert.Null(EncodedFeature.Fit(0, new FeatureRange(float.PositiveInfinity, float.NegativeInfinity, true), [float.NaN], 8));
        EncodedFeature onlyMissing = EncodedFeature.Fit(0, new FeatureRange(3, 3, true), [3, float.NaN], 8)!;
        Assert.Equal([0, 0], Plain(onlyMissing, 3));
        Assert.Equal([0, 1], Plain(onlyMissing, float.NaN));
    }

    [Fact]
    public void Files_keep_everything()
    {
        EncodedFeature feature = Fit([10, float.NaN, 20, 30, 40, 50], bins: 3);
        var stream = new MemoryStream();
        feature.Save(new BinaryWriter(stream));
        stream.Position = 0;
        EncodedFeature loaded = EncodedFeature.Load(new BinaryReader(stream));
        Assert.Equal(feature.Bounds, loaded.Bounds);
        Assert.Equal(feature with { Bounds = loaded.Bounds }, loaded);
    }

    private static EncodedFeature Fit(float[] values, int bins)
    {
        float[] known = [.. values.Where(float.IsFinite)];
        return EncodedFeature.Fit(0, new FeatureRange(known.Min(), known.Max(), known.Length < values.Length), [.. values], bins)!;
    }

    private static float[] Plain(EncodedFeature feature, float value)
    {
        var encoded = new float[feature.PlainCount];
        feature.EncodePlain(value, encoded);
        return encoded;
    }

    private static float[] Bins(EncodedFeature feature, float value)
    {
        var encoded = new float[feature.BinCount];
        feature.EncodeBins(value, encoded);
        return encoded;
    }
}
