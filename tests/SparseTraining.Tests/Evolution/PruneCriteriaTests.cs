using SparseTraining.Evolution;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Evolution;

public class PruneCriteriaTests
{
    [Fact]
    public void The_case_of_the_specification_takes_271_and_31_by_the_published_rule_and_289_and_11_by_magnitude()
    {
        float[] values = NineHundredAndOneHundred();
        Assert.Equal((270, 30), Counts(PruneCriteria.SignedMagnitude, values, 0.3));
        Assert.Equal((271, 31), Counts(PruneCriteria.PublishedThreshold, values, 0.3));
        Assert.Equal((289, 11), Counts(PruneCriteria.Magnitude, values, 0.3));
    }

    [Fact]
    public void Signed_magnitude_takes_the_weights_closest_to_zero_of_each_sign()
    {
        float[] values = [0.5f, -0.1f, 0.2f, -3f, 0.9f, -0.4f, 0.1f, -0.2f];
        Assert.Equal([2, 6, 1, 7], Pruned(PruneCriteria.SignedMagnitude, values, 0.5).OrderBy(i => values[i] < 0).ThenBy(i => i));
    }

    [Fact]
    public void Zeros_count_as_the_smallest_positive_weights()
    {
        float[] values = [0.5f, 0f, -0f, -0.1f, -0.2f, 0.1f];
        Assert.Equal([1, 2, 3], Pruned(PruneCriteria.SignedMagnitude, values, 0.5));
    }

    [Fact]
    public void Of_equal_weights_the_first_go_and_counts_stay_exact()
    {
        float[] values = [1f, 1f, 1f, 1f, 1f, 1f, 1f, -1f, -1f, -1f];
        Assert.Equal([0, 1, 7], Pruned(PruneCriteria.SignedMagnitude, values, 0.3));
        Assert.Equal([0, 1, 2], Pruned(PruneCriteria.Magnitude, values, 0.3));
    }

    [Fact]
    public void Zeta_zero_prunes_nothing_except_by_the_published_rule()
    {
        float[] values = [.. Enumerable.Range(1, 40).Select(i => i % 3 == 0 ? -i : (float)i)];
        Assert.Empty(Pruned(PruneCriteria.SignedMagnitude, values, 0));
        Assert.Empty(Pruned(PruneCriteria.Magnitude, values, 0));
        Assert.Equal(2, Pruned(PruneCriteria.PublishedThreshold, values, 0).Count);
    }

    [Fact]
    public void Selection_agrees_with_sorting_for_random_and_for_repeated_weights()
    {
        var random = new RandomGenerator(5);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = 1 + random.Next(200);
            int distinct = 1 + random.Next(20);
            float[] values = [.. Enumerable.Range(0, n).Select(_ => trial % 2 == 0 ? random.NextSingle() - 0.5f : random.Next(distinct) - distinct / 2)];
            double zeta = random.NextDouble() * 0.99;
            int positives = values.Count(v => v >= 0);
            IEnumerable<int> expected = Lowest(values, v => v >= 0, Round(zeta * positives)).Concat(Lowest(values, v => v < 0, Round(zeta * (n - positives))));
            Assert.Equal(expected.Order(), Pruned(PruneCriteria.SignedMagnitude, values, zeta));
            Assert.Equal(Lowest(values, _ => true, Round(zeta * n)).Order(), Pruned(PruneCriteria.Magnitude, values, zeta));
        }
    }

    [Fact]
    public void A_score_of_ones_own_decides()
    {
        float[] values = [1f, 5f, -3f, 4f];
        Assert.Equal([1, 3], Pruned(PruneCriteria.LowestScore(w => -Math.Abs(w)), values, 0.5));
        Assert.Equal([0, 1], Pruned(PruneCriteria.LowestScore((in PruneContext context, Span<float> scores) =>
        {
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] = context.Mask.ColumnOf(i);
            }
        }), values, 0.5));
        Assert.Throws<ArgumentNullException>(() => PruneCriteria.LowestScore((Func<float, float>)null!));
        Assert.Throws<ArgumentNullException>(() => PruneCriteria.LowestScore((LinkScore)null!));
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(1, 0.99)]
    [InlineData(0, 0.5)]
    public void The_published_rule_survives_tiny_layers(int links, double zeta)
    {
        float[] values = [.. Enumerable.Repeat(1f, links)];
        Assert.InRange(Pruned(PruneCriteria.PublishedThreshold, values, zeta).Count, 0, links);
    }

    /// <summary>900 small positive and 100 mostly large negative weights: 11 of the 300 smallest are negative, the very smallest too.</summary>
    private static float[] NineHundredAndOneHundred()
    {
        var values = new List<float>();
        for (int i = 1; i <= 900; i++)
        {
            values.Add(i * 0.001f);
        }

        values.Add(-0.0005f);
        for (int i = 1; i <= 10; i++)
        {
            values.Add(-(i * 0.02f + 0.0005f));
        }

        for (int i = 1; i <= 89; i++)
        {
            values.Add(-(1 + i * 0.1f));
        }

        new RandomGenerator(1).Shuffle<float>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        return [.. values];
    }

    private static int Round(double value) => (int)Math.Round(value, MidpointRounding.AwayFromZero);

    private static IEnumerable<int> Lowest(float[] values, Func<float, bool> group, int count) =>
        Enumerable.Range(0, values.Length).Where(i => group(values[i])).OrderBy(i => Math.Abs(values[i])).ThenBy(i => i).Take(count);

    private static (int Positive, int Negative) Counts(IPruneCriterion criterion, float[] values, double zeta)
    {
        List<int> pruned = Pruned(criterion, values, zeta);
        return (pruned.Count(i => values[i] > 0), pruned.Count(i => values[i] < 0));
    }

    private static List<int> Pruned(IPruneCriterion criterion, float[] values, double zeta)
    {
        WeightMask mask = values.Length == 0 ? WeightMask.Empty(1, 1) : WeightMask.Full(1, values.Length);
        var keep = new bool[values.Length];
        Array.Fill(keep, true);
        criterion.Prune(new PruneContext(mask, values, zeta, new RandomGenerator(0)), keep);
        return [.. Enumerable.Range(0, values.Length).Where(i => !keep[i])];
    }
}
