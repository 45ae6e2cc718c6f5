using ThesisExperiments.Statistics;

namespace ThesisExperiments.Tests;

public sealed class StudentTTests
{
    // Table values: Abramowitz and Stegun, table 26.10; for one and two degrees of freedom there is a closed form.
    [Theory]
    [InlineData(0.95, 1, 12.706205)]
    [InlineData(0.95, 2, 4.302653)]
    [InlineData(0.95, 3, 3.182446)]
    [InlineData(0.95, 4, 2.776445)]
    [InlineData(0.95, 9, 2.262157)]
    [InlineData(0.95, 29, 2.045230)]
    [InlineData(0.95, 120, 1.979930)]
    [InlineData(0.99, 5, 4.032143)]
    [InlineData(0.90, 7, 1.894579)]
    public void Critical_is_the_value_of_the_table(double confidence, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Critical(confidence, degrees), 5e-6 * expected);

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    public void Tails_of_one_and_two_degrees_have_their_closed_forms(double t)
    {
        Assert.Equal(1 - 2 / Math.PI * Math.Atan(t), StudentT.TwoTailed(t, 1), 1e-10);
        Assert.Equal(1 - t / Math.Sqrt(2 + t * t), StudentT.TwoTailed(t, 2), 1e-10);
    }

    [Fact]
    public void With_many_degrees_it_is_the_normal_distribution() => Assert.Equal(1.959964, StudentT.Critical(0.95, 1_000_000), 1e-5);

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(double.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(0.95, 0));
    }
}
