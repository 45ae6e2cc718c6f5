using SparseTraining.Reports.Statistics;

namespace SparseTraining.Reports.Tests.Statistics;

public sealed class HurwitzZetaTests
{
    [Theory]
    [InlineData(2, 1, 1.6449340668482264)] // π² / 6
    [InlineData(4, 1, 1.0823232337111382)] // π⁴ / 90
    [InlineData(3, 1, 1.2020569031595942)] // Apéry
    [InlineData(2, 2, 0.6449340668482264)]
    [InlineData(4, 3, 0.0198232337111382)] // π⁴ / 90 − 1 − 1/16
    [InlineData(1.001, 1, 1000.5772884760017)] // 1/(s − 1) + γ + 0.0000728 (s − 1)
    public void Known_values(double s, double q, double expected) =>
        Assert.Equal(expected, HurwitzZeta.Of(s, q), 1e-12 * expected);

    [Theory]
    [InlineData(1.5, 7)]
    [InlineData(2.5, 40)]
    [InlineData(12, 3)]
    [InlineData(50, 20)]
    [InlineData(50, 5000)]
    public void A_term_is_the_difference_of_neighbours(double s, double q)
    {
        double term = HurwitzZeta.Of(s, q) - HurwitzZeta.Of(s, q + 1);
        Assert.Equal(1, term / Math.Pow(q, -s), 1e-8);
    }

    [Theory]
    [InlineData(3.5, 2)]
    [InlineData(20, 15)]
    [InlineData(49, 30)]
    public void Equals_a_long_plain_sum(double s, int q)
    {
        double sum = 0;
        for (int k = 200_000; k >= q; k--)
        {
            sum += Math.Pow(k, -s);
        }

        Assert.Equal(1, HurwitzZeta.Of(s, q) / sum, 1e-9);
    }
}
