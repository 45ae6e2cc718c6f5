using SparseTraining.Reports.Statistics;

namespace SparseTraining.Reports.Tests.Statistics;

public sealed class BinomialTests
{
    [Fact]
    public void Three_coins()
    {
        double[] atLeast = Binomial.AtLeast(3, 0.5, 3);
        double[] expected = [1, 7.0 / 8, 4.0 / 8, 1.0 / 8];
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], atLeast[k], 1e-12);
        }
    }

    [Fact]
    public void The_mean_is_trials_times_probability()
    {
        double[] atLeast = Binomial.AtLeast(4000, 0.01, 4000);
        Assert.Equal(40, atLeast.Skip(1).Sum(), 1e-6);
    }

    [Fact]
    public void A_full_layer_has_all_links()
    {
        double[] atLeast = Binomial.AtLeast(5, 1, 5);
        Assert.All(atLeast, share => Assert.Equal(1, share));
    }
}
