using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class TopologyStatisticsTests
{
    [Fact]
    public void Degrees_of_a_hand_drawn_mask()
    {
        var statistics = new TopologyStatistics(WeightMask.FromDense(3, 4, [1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]));
        Assert.Equal([3, 0, 1], statistics.InLinks.ToArray());
        Assert.Equal([2, 1, 1, 0], statistics.OutLinks.ToArray());
        Assert.Equal(new DegreeSummary(Min: 0, Mean: 4 / 3.0, Max: 3, WithoutLinks: 1), statistics.Outputs);
        Assert.Equal(new DegreeSummary(Min: 0, Mean: 1, Max: 2, WithoutLinks: 1), statistics.Inputs);
    }

    [Fact]
    public void Full_mask_has_equal_degrees()
    {
        var statistics = new TopologyStatistics(WeightMask.Full(2, 70_000));
        Assert.Equal(new DegreeSummary(70_000, 70_000, 70_000, 0), statistics.Outputs);
        Assert.Equal(new DegreeSummary(2, 2, 2, 0), statistics.Inputs);
    }

    [Fact]
    public void Statistics_need_a_mask() => Assert.Throws<ArgumentNullException>("mask", () => new TopologyStatistics(null!));
}
