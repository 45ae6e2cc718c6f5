using SparseTraining.Data;

namespace SparseTraining.Datasets.Tests;

public class DigitsTests
{
    [Fact]
    public void Holds_the_published_samples()
    {
        Dataset data = Digits.Load(scaleToUnit: false);
        Assert.Equal((1797, 64), (data.Count, data.FeatureCount));
        Assert.Equal(Digits.ImageShape.FeatureCount, data.FeatureCount);
        Assert.Equal([0f, 0, 5, 13, 9, 1, 0, 0], data.Features(0)[..8]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], data.Labels()[..10]);
        int[] sizes = [.. data.Labels().CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], sizes);
        Assert.Equal(10, Digits.ClassNames.Count);
    }

    [Fact]
    public void By_default_pixels_lie_in_the_unit_interval()
    {
        Dataset raw = Digits.Load(scaleToUnit: false);
        Dataset scaled = Digits.Load();
        Assert.Equal(raw.Labels(), scaled.Labels());
        for (int i = 0; i < raw.Count; i++)
        {
            Assert.Equal(raw.Features(i).Select(pixel => pixel / 16), scaled.Features(i));
        }

        Assert.Equal(1f, Enumerable.Range(0, scaled.Count).Max(i => scaled.Features(i).Max()));
    }
}
