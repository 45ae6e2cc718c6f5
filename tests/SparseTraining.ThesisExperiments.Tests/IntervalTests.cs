using ThesisExperiments.Statistics;

namespace ThesisExperiments.Tests;

public sealed class IntervalTests
{
    [Fact]
    public void Three_values_by_hand()
    {
        // Mean 2, standard deviation 1, t = 4.302653 for two degrees of freedom.
        var interval = Interval.Of([1, 2, 3]);

        Assert.Equal(3, interval.Count);
        Assert.Equal(2, interval.Mean, 1e-12);
        Assert.Equal(2 - 4.302653 / Math.Sqrt(3), interval.Low, 1e-5);
        Assert.Equal(2 + 4.302653 / Math.Sqrt(3), interval.High, 1e-5);
    }

    [Fact]
    public void A_single_value_has_a_mean_but_no_ends()
    {
        var interval = Interval.Of([0.5]);

        Assert.Equal(0.5, interval.Mean);
        Assert.True(double.IsNaN(interval.Low) && double.IsNaN(interval.High));
    }

    [Fact]
    public void No_values_have_no_mean() => Assert.Equal(0, Interval.Of([]).Count);

    [Fact]
    public void Pairs_take_out_what_both_have_in_common()
    {
        // The runs scatter by 10, the differences hardly.
        var interval = Interval.OfDifference([(10.1, 10), (20.2, 20), (0.3, 0)]);

        Assert.Equal(0.2, interval.Mean, 1e-12);
        Assert.Equal(0.2 - 4.302653 * 0.1 / Math.Sqrt(3), interval.Low, 1e-5);
    }

    [Fact]
    public void A_change_is_that_of_the_ratio_and_cannot_fall_below_minus_one()
    {
        var halved = Interval.OfChange([(1, 2), (2, 4), (4, 8)]);
        var wild = Interval.OfChange([(1, 100), (100, 1), (1, 100)]);

        Assert.Equal(-0.5, halved.Mean, 1e-12);
        Assert.Equal(-0.5, halved.High, 1e-12);
        Assert.InRange(wild.Low, -1, 0);
    }

    [Fact]
    public void Median_of_an_even_number_is_the_mean_of_the_middle_two() => Assert.Equal(2.5, Numbers.Median([4, 1, 2, 3]));
}
