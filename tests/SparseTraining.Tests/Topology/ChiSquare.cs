using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

/// <summary>Pearson's test that counts fit probabilities.</summary>
internal static class ChiSquare
{
    /// <summary>Fails where counts this far off would occur by chance about once in 30,000 tests.</summary>
    public static void AssertFits<T>(IReadOnlyDictionary<T, double> probabilities, IEnumerable<T> observations)
        where T : notnull
    {
        var counts = probabilities.Keys.ToDictionary(key => key, _ => 0);
        int total = 0;
        foreach (T observation in observations)
        {
            Assert.True(counts.ContainsKey(observation), $"{observation} is impossible.");
            counts[observation]++;
            total++;
        }

        double statistic = probabilities.Sum(pair =>
        {
            double expected = pair.Value * total;
            Assert.True(expected >= 5, "There are too few observations for this test.");
            return (counts[pair.Key] - expected) * (counts[pair.Key] - expected) / expected;
        });

        // Wilson and Hilferty's approximation of the quantile at 4 standard deviations.
        double freedom = probabilities.Count - 1;
        double spread = 2 / (9 * freedom);
        double limit = freedom * Math.Pow(1 - spread + (4 * Math.Sqrt(spread)), 3);
        Assert.True(
            statistic < limit, $"Chi-square is {statistic}, the limit {limit}, with {freedom} degrees of freedom.");
    }

    /// <summary>Every key with the same probability.</summary>
    public static Dictionary<T, double> Uniform<T>(IReadOnlyCollection<T> keys)
        where T : notnull => keys.ToDictionary(key => key, _ => 1.0 / keys.Count);

    /// <summary>All subsets of the first <paramref name="size"/> bits with a given number of members.</summary>
    public static IReadOnlyCollection<ulong> Subsets(int size, int members) =>
        [
            .. Enumerable.Range(0, 1 << size)
                .Select(bits => (ulong)bits)
                .Where(bits => ulong.PopCount(bits) == (ulong)members),
        ];

    /// <summary>A small mask as a set of bits, one per position, row by row.</summary>
    public static ulong Bits(WeightMask mask)
    {
        ulong bits = 0;
        foreach (Link link in mask)
        {
            bits |= 1UL << ((link.Row * mask.Columns) + link.Column);
        }

        return bits;
    }
}
