using CsCheck;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class PositionSamplerTests
{
    [Fact]
    public void Sample_has_the_count_and_avoids_what_is_excluded() =>
        Gen.Select(MaskCase.Any, Gen.Int[0, 400], Gen.ULong).Sample((c, wish, seed) =>
        {
            WeightMask excluded = c.ToMask();
            int count = (int)Math.Min(wish, excluded.PositionCount - excluded.LinkCount);
            WeightMask sample = PositionSampler.Sample(excluded, count, new RandomGenerator(seed));
            Assert.Equal((c.Rows, c.Columns, count), (sample.Rows, sample.Columns, sample.LinkCount));
            Assert.Equal(count + excluded.LinkCount, sample.Union(excluded).LinkCount);
        });

    [Fact]
    public void All_free_positions_can_be_drawn() => MaskCase.Small.Sample(c =>
    {
        WeightMask excluded = c.ToMask();
        int free = (int)excluded.PositionCount - excluded.LinkCount;
        WeightMask sample = PositionSampler.Sample(excluded, free, new RandomGenerator(1));
        Assert.Equal(WeightMask.Full(c.Rows, c.Columns), sample.Union(excluded));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    public void Every_set_of_positions_is_equally_likely(int count)
    {
        // 12 positions of which 2 are excluded; up to and above half of the 10 free ones.
        var excluded = WeightMask.FromLinks(3, 4, [new(0, 1), new(2, 3)]);
        ulong[] sets = [.. ChiSquare.Subsets(12, count).Where(bits => (bits & ChiSquare.Bits(excluded)) == 0)];
        var random = new RandomGenerator(7);
        ChiSquare.AssertFits(
            ChiSquare.Uniform(sets),
            Draw(40 * sets.Length, () => PositionSampler.Sample(excluded, count, random)));
    }

    [Fact]
    public void Every_pair_of_many_positions_is_equally_likely()
    {
        // More than 16 free positions per draw: the draw goes by lists instead of bits.
        var excluded = WeightMask.FromLinks(5, 8, [new(0, 0), new(0, 1), new(3, 7), new(4, 6)]);
        ulong free = ~ChiSquare.Bits(excluded) & ((1UL << 40) - 1);
        ulong[] single = [.. Enumerable.Range(0, 40).Select(i => 1UL << i).Where(bit => (bit & free) != 0)];
        ulong[] pairs = [.. single.SelectMany(a => single.Where(b => b > a).Select(b => a | b))];
        var random = new RandomGenerator(8);
        ChiSquare.AssertFits(
            ChiSquare.Uniform(pairs),
            Draw(40 * pairs.Length, () => PositionSampler.Sample(excluded, 2, random)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1500)]
    public void Every_position_is_drawn_equally_often_in_larger_layers(int count)
    {
        // 100 × 100 with 1000 excluded: 400 of 9000 go by lists in many buckets, 1500 by bits.
        var random = new RandomGenerator(9);
        WeightMask excluded = PositionSampler.Sample(WeightMask.Empty(100, 100), 1000, random);
        var free = new HashSet<Link>(WeightMask.Full(100, 100));
        free.ExceptWith(excluded);
        ChiSquare.AssertFits(
            ChiSquare.Uniform(free),
            Enumerable.Range(0, 200).SelectMany(_ => PositionSampler.Sample(excluded, count, random)));
    }

    [Fact]
    public void Huge_layer_spreads_its_links_evenly()
    {
        // 64 draws of 1.28e11 positions would make buckets of 2³⁴ ranks: the limit of 32-bit offsets decides.
        int columns = 2_000_000_000;
        WeightMask empty = WeightMask.Empty(64, columns);
        var random = new RandomGenerator(3);
        Link[] links = [.. Enumerable.Range(0, 100).SelectMany(_ => PositionSampler.Sample(empty, 64, random))];
        Assert.Equal(6400, links.Length);
        ChiSquare.AssertFits(
            ChiSquare.Uniform(Enumerable.Range(0, 256).ToArray()),
            links.Select(link => (link.Row * 4) + (int)((long)link.Column * 4 / columns)));
    }

    [Fact]
    public void Independent_draws_merge_with_the_right_probabilities()
    {
        // 4 draws from 6 positions: a set of k is hit by as many of the 6⁴ sequences as there are surjections 4 → k.
        int[] surjections = [0, 1, 14, 36, 24];
        var probabilities = Enumerable.Range(1, 4)
            .SelectMany(k => ChiSquare.Subsets(6, k).Select(bits => (bits, surjections[k] / 1296.0)))
            .ToDictionary(pair => pair.bits, pair => pair.Item2);
        Assert.Equal(1, probabilities.Values.Sum(), 12);
        var random = new RandomGenerator(4);
        ChiSquare.AssertFits(
            probabilities,
            Draw(20_000, () => PositionSampler.SampleWithReplacement(2, 3, 4, random)));
    }

    [Fact]
    public void Few_independent_draws_from_many_positions_merge_with_the_right_probabilities()
    {
        // 2 draws from 40 positions: 1/1600 for each single position, 2/1600 for each pair.
        ulong[] single = [.. Enumerable.Range(0, 40).Select(i => 1UL << i)];
        var probabilities = single.ToDictionary(bit => bit, _ => 1 / 1600.0);
        foreach (ulong pair in single.SelectMany(a => single.Where(b => b > a).Select(b => a | b)))
        {
            probabilities[pair] = 2 / 1600.0;
        }

        var random = new RandomGenerator(5);
        ChiSquare.AssertFits(
            probabilities,
            Draw(20_000, () => PositionSampler.SampleWithReplacement(5, 8, 2, random)));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(70_000)]
    public void Same_seed_gives_the_same_positions_and_leaves_the_generator_in_the_same_state(int count)
    {
        var first = new RandomGenerator(11);
        var second = new RandomGenerator(11);
        WeightMask empty = WeightMask.Empty(100, 784);
        Assert.Equal(PositionSampler.Sample(empty, count, first), PositionSampler.Sample(empty, count, second));
        Assert.Equal(first.NextUInt64(), second.NextUInt64());
        Assert.NotEqual(
            PositionSampler.Sample(empty, count, first), PositionSampler.Sample(empty, count, new RandomGenerator(12)));
    }

    [Fact]
    public void Too_many_positions_are_refused_with_both_numbers()
    {
        var excluded = WeightMask.FromLinks(2, 3, [new(0, 0)]);
        var error = Assert.Throws<InvalidOperationException>(
            () => PositionSampler.Sample(excluded, 6, new RandomGenerator(1)));
        Assert.Contains("6 new positions", error.Message, StringComparison.Ordinal);
        Assert.Contains("only 5 of the 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_counts_are_refused()
    {
        var random = new RandomGenerator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => PositionSampler.Sample(WeightMask.Empty(1, 1), -1, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => PositionSampler.SampleWithReplacement(1, 1, -1, random));
    }

    [Fact]
    public void Sampling_needs_a_mask_and_a_generator()
    {
        Assert.Throws<ArgumentNullException>("excluded", () => PositionSampler.Sample(null!, 0, new RandomGenerator(1)));
        Assert.Throws<ArgumentNullException>("random", () => PositionSampler.Sample(WeightMask.Empty(1, 1), 0, null!));
        Assert.Throws<ArgumentNullException>("random", () => PositionSampler.SampleWithReplacement(1, 1, 0, null!));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 784)]
    public void Nothing_is_drawn_where_nothing_is_asked_for(int rows, int columns)
    {
        Assert.Equal(WeightMask.Empty(rows, columns), PositionSampler.Sample(WeightMask.Empty(rows, columns), 0, new RandomGenerator(1)));
        Assert.Equal(WeightMask.Empty(rows, columns), PositionSampler.SampleWithReplacement(rows, columns, 0, new RandomGenerator(1)));
        Assert.Equal(0, PositionSampler.Sample(WeightMask.Full(rows, columns), 0, new RandomGenerator(1)).LinkCount);
    }

    private static IEnumerable<ulong> Draw(int times, Func<WeightMask> sample) =>
        Enumerable.Range(0, times).Select(_ => ChiSquare.Bits(sample()));
}
