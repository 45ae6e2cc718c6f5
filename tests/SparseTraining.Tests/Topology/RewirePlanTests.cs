using SparseTraining.Topology;

namespace SparseTraining.Tests.Topology;

public class RewirePlanTests
{
    private static readonly WeightMask Before = WeightMask.FromLinks(3, 4, [new(0, 1), new(0, 3), new(1, 0), new(2, 2), new(2, 3)]);

    // Survivors are links 1, 2 and 3; (0, 1) comes back, which is a new link all the same.
    private static readonly RewirePlan Plan =
        RewirePlan.Create(Before, [false, true, true, true, false], WeightMask.FromLinks(3, 4, [new(0, 1), new(1, 3), new(2, 0)]));

    [Fact]
    public void Each_link_knows_where_it_was()
    {
        Assert.Equal([new(0, 1), new(0, 3), new(1, 0), new(1, 3), new(2, 0), new(2, 2)], Plan.Mask);
        Assert.Equal([-1, 1, 2, -1, -1, 3], Plan.Sources.ToArray());
        Assert.Equal((2, 3), (Plan.PrunedCount, Plan.GrownCount));
    }

    [Fact]
    public void Wide_layers_are_planned_like_narrow_ones()
    {
        WeightMask before = Wide(Before);
        RewirePlan plan = RewirePlan.Create(before, [false, true, true, true, false], Wide(WeightMask.FromLinks(3, 4, [new(0, 1), new(1, 3), new(2, 0)])));
        Assert.Equal(Plan.Sources.ToArray(), plan.Sources.ToArray());
        Assert.Equal(Wide(Plan.Mask), plan.Mask);

        static WeightMask Wide(WeightMask mask) => WeightMask.FromLinks(mask.Rows, 70_000, mask);
    }

    [Fact]
    public void A_plan_is_for_one_mask_and_as_many_values_as_it_grows()
    {
        Plan.ThrowIfNotFor(Before, 0);
        Plan.ThrowIfNotFor(Before, 3);
        var equal = WeightMask.FromLinks(3, 4, Before);
        Assert.Contains("another mask", Assert.Throws<ArgumentException>("plan", () => Plan.ThrowIfNotFor(equal, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("2 values for 3 grown", Assert.Throws<ArgumentException>("grownValues", () => Plan.ThrowIfNotFor(Before, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_needs_its_parts_and_no_link_twice()
    {
        Assert.Throws<ArgumentNullException>("before", () => RewirePlan.Create(null!, [], Before));
        Assert.Throws<ArgumentNullException>("grown", () => RewirePlan.Create(Before, new bool[5], null!));
        Assert.Throws<ArgumentException>(() => RewirePlan.Create(Before, [true, true, true, true, true], WeightMask.FromLinks(3, 4, [new(2, 3)])));
    }

    [Fact]
    public void The_first_common_link_is_found()
    {
        Assert.Null(Before.FirstCommon(WeightMask.FromLinks(3, 4, [new(0, 0), new(0, 2), new(1, 1), new(2, 0), new(2, 1)])));
        Assert.Equal(new Link(0, 3), Before.FirstCommon(WeightMask.FromLinks(3, 4, [new(0, 2), new(0, 3), new(1, 0)])));
        Assert.Equal(new Link(2, 3), Before.FirstCommon(WeightMask.FromLinks(3, 4, [new(0, 0), new(1, 3), new(2, 3)])));
        Assert.Null(WeightMask.Empty(3, 4).FirstCommon(Before));
    }
}
