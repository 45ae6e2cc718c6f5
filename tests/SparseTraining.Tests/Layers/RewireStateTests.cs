using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Topology;
using Known = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Layers;

/// <summary>What a rewire does to weights and optimizer state, on a 2 × 3 layer drawn by hand.</summary>
public class RewireStateTests
{
    // Before: (0,0)=1 (0,2)=2 (1,1)=3.  (0,2) goes; (0,1) and nothing else comes.
    private static readonly WeightMask Before = WeightMask.FromLinks(2, 3, [new Link(0, 0), new Link(0, 2), new Link(1, 1)]);
    private static readonly WeightMask Grown = WeightMask.FromLinks(2, 3, [new Link(0, 1)]);

    public static TheoryData<bool, string> Cases => new()
    {
        { false, "momentum" }, { true, "momentum" }, { false, "adam" }, { true, "adam" }, { false, "sgd" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Survivors_keep_state_pruned_lose_it_grown_start_at_zero(bool masked, string optimizerName)
    {
        Optimizer optimizer = optimizerName switch { "adam" => Known.Adam(), "sgd" => Known.Sgd(), _ => Known.Momentum() };
        LinearLayer layer = masked ? new MaskedLinearLayer(Before) : new SparseLinearLayer(Before);
        var rewirable = (IRewirable)layer;
        rewirable.SetLinkValues([1f, 2f, 3f]);
        layer.BiasValues[1] = 0.5f;
        layer.Update(new float[] { 1, 2, 3 }, new float[] { 1, 1 }, 1, 1f, optimizer, new UpdateContext(1, 0.1));
        float[] values = LinkValues(rewirable);
        float[] state = LinkState(layer, layer.Weights.FirstState);
        float[] second = LinkState(layer, layer.Weights.SecondState);
        float bias = layer.BiasValues[1];

        RewirePlan plan = RewirePlan.Create(Before, [true, false, true], Grown);
        Assert.Equal([0, -1, 2], plan.Sources.ToArray());
        Assert.Equal((1, 1), (plan.PrunedCount, plan.GrownCount));
        rewirable.Rewire(plan, [9f]);

        Assert.Equal([new Link(0, 0), new Link(0, 1), new Link(1, 1)], rewirable.Mask);
        Assert.Equal([values[0], 9f, values[2]], LinkValues(rewirable));
        Assert.Equal(bias, layer.BiasValues[1]);
        if (optimizer.StateCount > 0)
        {
            Assert.NotEqual(0f, state[0]);
            Assert.Equal([state[0], 0f, state[2]], LinkState(layer, layer.Weights.FirstState));
        }

        if (optimizer.StateCount > 1)
        {
            Assert.Equal([second[0], 0f, second[2]], LinkState(layer, layer.Weights.SecondState));
        }

        if (masked)
        {
            Assert.Equal(0f, layer.WeightValues[2]);
        }
    }

    [Fact]
    public void Growing_the_position_just_pruned_gives_a_new_link()
    {
        var layer = new SparseLinearLayer(Before);
        layer.SetLinkValues([1f, 2f, 3f]);
        RewirePlan plan = RewirePlan.Create(Before, [true, false, true], WeightMask.FromLinks(2, 3, [new Link(0, 2)]));
        Assert.Equal([0, -1, 2], plan.Sources.ToArray());
        layer.Rewire(plan, []);
        Assert.Equal([1f, 0f, 3f], layer.WeightValues.ToArray());
    }

    [Fact]
    public void A_plan_for_another_mask_or_with_other_weights_is_refused_and_nothing_changes()
    {
        var layer = new SparseLinearLayer(Before);
        layer.SetLinkValues([1f, 2f, 3f]);
        RewirePlan plan = RewirePlan.Create(Before, [true, false, true], Grown);
        var e = Assert.Throws<ArgumentException>(() => layer.Rewire(plan, [1f, 2f]));
        Assert.Contains("2 values for 1 grown links", e.Message, StringComparison.Ordinal);
        WeightMask other = WeightMask.FromLinks(2, 3, [new Link(0, 0), new Link(0, 2), new Link(1, 2)]);
        e = Assert.Throws<ArgumentException>(() => layer.Rewire(RewirePlan.Create(other, [true, false, true], Grown), [1f]));
        Assert.Contains("another mask", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RewirePlan.Create(Before, [true, true, true], WeightMask.FromLinks(2, 3, [new Link(0, 0)])));
        Assert.Equal([1f, 2f, 3f], layer.WeightValues.ToArray());
        Assert.Same(Before, layer.Mask);
    }

    private static float[] LinkValues(IRewirable layer)
    {
        var values = new float[layer.Mask.LinkCount];
        layer.CopyLinkValues(values);
        return values;
    }

    private static float[] LinkState(LinearLayer layer, float[] state) =>
        state.Length == 0 || layer is SparseLinearLayer
            ? [.. state]
            : [.. ((IRewirable)layer).Mask.Select(link => state[link.Row * layer.InputSize + link.Column])];
}
