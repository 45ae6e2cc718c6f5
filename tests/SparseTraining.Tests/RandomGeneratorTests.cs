using SparseTraining.Randomness;

namespace SparseTraining.Tests;

public class RandomGeneratorTests
{
    [Fact]
    public void The_sequence_of_a_seed_never_changes()
    {
        // xoshiro256** seeded with SplitMix64(0), computed apart from this library.
        var random = new RandomGenerator(0);
        Assert.Equal([11091344671253066420UL, 13793997310169335082UL, 1900383378846508768UL], [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);
    }

    [Fact]
    public void Bounded_draws_are_uniform()
    {
        var random = new RandomGenerator(1);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
        }

        // The 99.9 % quantile of chi-square with 6 degrees of freedom.
        Assert.InRange(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 22.46);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextUInt64(0));
        Assert.Equal(0, random.Next(1));
    }

    [Fact]
    public void Purposes_have_streams_of_their_own_and_clones_repeat()
    {
        var keys = new HashSet<ulong>();
        for (ulong seed = 0; seed < 50; seed++)
        {
            foreach (string name in new[] { "topology/0", "topology/1", "weights/0", "order/0", "dropout" })
            {
                Assert.True(keys.Add(RandomGenerator.Key(seed, name)));
            }
        }

        RandomGenerator random = RandomGenerator.Named(3, "order/7");
        RandomGenerator clone = random.Clone();
        Assert.Equal(random.NextUInt64(), clone.NextUInt64());
        Assert.Equal(RandomGenerator.Named(3, "order/7").NextDouble(), RandomGenerator.Named(3, "order/7").NextDouble());
        Assert.Throws<ArgumentNullException>(() => RandomGenerator.Key(1, null!));
    }

    [Fact]
    public void Real_draws_have_the_moments_of_their_distributions()
    {
        var random = new RandomGenerator(9);
        double[] uniform = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextDouble())];
        double[] single = [.. Enumerable.Range(0, 40_000).Select(_ => (double)random.NextSingle())];
        double[] normal = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextGaussian())];
        Assert.Equal(0.5, uniform.Average(), 0.01);
        Assert.Equal(0.5, single.Average(), 0.01);
        Assert.All(single, v => Assert.InRange(v, 0, 0.99999999));
        Assert.Equal(0, normal.Average(), 0.03);
        Assert.Equal(1, normal.Average(v => v * v), 0.04);
        Assert.Equal(3, normal.Average(v => v * v * v * v), 0.25);
    }
}
