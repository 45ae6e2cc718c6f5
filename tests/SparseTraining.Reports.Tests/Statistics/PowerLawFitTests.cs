using SparseTraining.Randomness;
using SparseTraining.Reports.Statistics;

namespace SparseTraining.Reports.Tests.Statistics;

public sealed class PowerLawFitTests
{
    [Theory]
    [InlineData(2.2, 1)]
    [InlineData(2.5, 3)]
    [InlineData(3.5, 10)]
    public void A_sampled_law_gives_its_exponent_back(double exponent, int minimum)
    {
        int[] degrees = Sample(exponent, minimum, 20_000);
        PowerLawFit fit = PowerLawFit.Fit(degrees)!;
        Assert.InRange(Math.Abs(fit.Exponent - exponent), 0, 4 * fit.StandardError);
        Assert.InRange(fit.Distance, 0, 1.6 / Math.Sqrt(fit.TailCount));
    }

    [Fact]
    public void The_standard_error_is_the_spread_over_samples()
    {
        double[] exponents = new double[200];
        double error = 0;
        for (int i = 0; i < exponents.Length; i++)
        {
            ValueCounts counts = ValueCounts.Of(Sample(2.5, 1, 500, seed: (ulong)i));
            PowerLawTail tail = PowerLawTail.Fit(counts, 0);
            exponents[i] = tail.Exponent;
            error += tail.StandardError() / exponents.Length;
        }

        double mean = exponents.Average();
        double spread = Math.Sqrt(exponents.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(spread / error, 0.85, 1.15);
    }

    [Fact]
    public void The_exponent_maximizes_the_likelihood()
    {
        int[] degrees = [1, 1, 1, 1, 2, 2, 3, 1, 5, 9, 1, 2, 4, 1, 1];
        double exponent = PowerLawTail.Fit(ValueCounts.Of(degrees), 0).Exponent;
        Assert.True(LogLikelihood(exponent) > LogLikelihood(exponent + 0.001));
        Assert.True(LogLikelihood(exponent) > LogLikelihood(exponent - 0.001));

        double LogLikelihood(double alpha)
        {
            double norm = 0;
            for (int k = 1_000_000; k >= 1; k--)
            {
                norm += Math.Pow(k, -alpha);
            }

            return degrees.Sum(degree => -alpha * Math.Log(degree)) - (degrees.Length * Math.Log(norm));
        }
    }

    [Fact]
    public void The_distance_is_the_largest_difference_over_all_whole_numbers()
    {
        int[] degrees = [2, 2, 3, 3, 3, 7, 8, 20, 21, 50];
        PowerLawTail tail = PowerLawTail.Fit(ValueCounts.Of(degrees), 0);
        double largest = Enumerable.Range(2, 300).Max(x =>
            Math.Abs(((double)degrees.Count(degree => degree <= x) / degrees.Length) - (1 - tail.AtLeast(x + 1))));
        Assert.Equal(largest, tail.Distance, 1e-10);
    }

    [Fact]
    public void The_law_begins_where_noise_below_ends()
    {
        int[] law = Sample(2.5, 20, 4000);
        RandomGenerator random = new(5);
        int[] noise = [.. Enumerable.Range(0, 4000).Select(_ => 1 + random.Next(19))];
        PowerLawFit fit = PowerLawFit.Fit([.. noise, .. law])!;
        Assert.InRange(fit.Minimum, 18, 40);
        Assert.InRange(fit.Exponent, 2.35, 2.65);
    }

    [Fact]
    public void A_law_is_plausible_and_a_uniform_distribution_is_not()
    {
        RandomGenerator random = new(3);
        int[] uniform = [.. Enumerable.Range(0, 1000).Select(_ => 1 + random.Next(100))];
        double ofLaw = PowerLawFit.Fit(Sample(2.5, 2, 1000), resamples: 50)!.PValue;
        PowerLawFit ofUniform = PowerLawFit.Fit(uniform, resamples: 50)!;
        Assert.True(ofLaw >= PowerLawFit.PlausibleFrom, $"p = {ofLaw}");
        Assert.True(ofUniform.PValue < PowerLawFit.PlausibleFrom || ofUniform.TailCount < 100, $"p = {ofUniform.PValue}, tail {ofUniform.TailCount}");
    }

    [Fact]
    public void Same_seed_same_p()
    {
        int[] degrees = Sample(2.5, 1, 300);
        Assert.Equal(PowerLawFit.Fit(degrees, 20, seed: 4)!.PValue, PowerLawFit.Fit(degrees, 20, seed: 4)!.PValue);
    }

    [Fact]
    public void Too_few_or_equal_degrees_have_no_fit()
    {
        Assert.Null(PowerLawFit.Fit([]));
        Assert.Null(PowerLawFit.Fit([0, 0, 0]));
        Assert.Null(PowerLawFit.Fit(Enumerable.Repeat(7, 500).ToArray()));
        Assert.Null(PowerLawFit.Fit([1, 2, 3, 4, 5]));
    }

    [Fact]
    public void Neurons_without_links_are_left_out()
    {
        int[] degrees = Sample(2.5, 1, 300);
        PowerLawFit with = PowerLawFit.Fit([.. degrees, 0, 0, 0])!;
        Assert.Equal(PowerLawFit.Fit(degrees)!.Exponent, with.Exponent);
        Assert.Equal(300, with.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void A_number_of_sets_out_of_range_is_named(int resamples)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => PowerLawFit.Fit([1, 2], resamples));
        Assert.Contains("[0, 10000]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_law_is_1_where_it_begins_and_undefined_below()
    {
        PowerLawFit fit = PowerLawFit.Fit(Sample(2.5, 4, 500))!;
        Assert.Equal(1, fit.AtLeast(fit.Minimum), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => fit.AtLeast(fit.Minimum - 1));
    }

    [Fact]
    public void The_sampler_draws_each_value_as_often_as_the_law_says()
    {
        const int Draws = 100_000;
        int[] sample = Sample(2.2, 3, Draws);
        double norm = HurwitzZeta.Of(2.2, 3);
        Assert.Equal(3, sample.Min());
        for (int x = 3; x < 20; x++)
        {
            double expected = Math.Pow(x, -2.2) / norm;
            double error = Math.Sqrt(expected * (1 - expected) / Draws);
            Assert.InRange(((double)sample.Count(value => value == x) / Draws) - expected, -4.5 * error, 4.5 * error);
        }

        // Beyond the table too.
        double far = HurwitzZeta.Of(2.2, 5000) / norm;
        Assert.InRange((double)sample.Count(value => value >= 5000) / Draws / far, 0.3, 2.5);
    }

    private static int[] Sample(double exponent, int minimum, int count, ulong seed = 1)
    {
        var sampler = new PowerLawSampler(exponent, minimum);
        var random = new RandomGenerator(seed);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next(random))];
    }
}
