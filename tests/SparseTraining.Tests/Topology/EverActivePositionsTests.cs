using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public sealed class EverActivePositionsTests
{
    [Theory]
    [InlineData(7, 5, 3)]
    [InlineData(20, 100, 60)]
    [InlineData(3, 70_000, 900)]
    public void Counts_what_a_set_of_positions_counts(int rows, int columns, int links)
    {
        var random = new RandomGenerator(1);
        var positions = new EverActivePositions(rows, columns, long.MaxValue, random);
        var set = new HashSet<Link>();
        for (int i = 0; i < 40; i++)
        {
            WeightMask mask = ErdosRenyiInitializer.Create(columns, rows, links, random);
            positions.Add(mask);
            set.UnionWith(mask);
            Assert.Equal((double)set.Count / rows / columns, positions.Share, 1e-12);
        }

        Assert.False(positions.IsSampled);
        Assert.InRange(positions.Bytes, 0, 4L * set.Count);
    }

    [Fact]
    public void The_rows_that_stand_for_all_are_drawn()
    {
        // Only the upper half has links: the first rows would say that all positions have been active.
        var positions = new EverActivePositions(100, 10, 500, new RandomGenerator(3));
        positions.Add(WeightMask.FromLinks(100, 10, Enumerable.Range(0, 500).Select(i => new Link(i / 10, i % 10))));
        Assert.InRange(positions.Share, 0.3, 0.7);
        var error = Assert.Throws<ArgumentException>(() => positions.Add(WeightMask.Full(100, 11)));
        Assert.Contains("A mask of 100 × 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_bit_for_each_position_at_most()
    {
        var positions = new EverActivePositions(50, 1024, long.MaxValue, new RandomGenerator(1));
        positions.Add(WeightMask.Full(50, 1024));
        Assert.Equal(1, positions.Share);
        Assert.Equal(50 * 1024 / 8, positions.Bytes);
    }

    [Fact]
    public void Above_the_limit_some_rows_stand_for_all()
    {
        var random = new RandomGenerator(2);
        var positions = new EverActivePositions(1000, 200, 40_000, random);
        var all = new EverActivePositions(1000, 200, long.MaxValue, random);
        for (int i = 0; i < 10; i++)
        {
            WeightMask mask = ErdosRenyiInitializer.Create(200, 1000, 8000, random);
            positions.Add(mask);
            all.Add(mask);
        }

        Assert.True(positions.IsSampled);
        Assert.InRange(positions.Share / all.Share, 0.95, 1.05);
    }

    [Fact]
    public void Another_shape_is_refused()
    {
        var positions = new EverActivePositions(3, 4, 100, new RandomGenerator(1));
        Assert.Throws<ArgumentException>(() => positions.Add(WeightMask.Empty(4, 4)));
        Assert.Throws<ArgumentException>(() => positions.Add(WeightMask.Empty(3, 5)));
    }
}
