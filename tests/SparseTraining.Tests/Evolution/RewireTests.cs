using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Topology;

namespace SparseTraining.Tests.Evolution;

public class RewireTests
{
    [Fact]
    public void The_number_of_links_is_exact_after_a_thousand_random_rewires()
    {
        var random = new RandomGenerator(11);
        WeightMask mask = ErdosRenyiInitializer.Create(60, 40, 700, random);
        float[] values = Draw(random, 700);
        IPruneCriterion[] criteria = [PruneCriteria.SignedMagnitude, PruneCriteria.Magnitude, PruneCriteria.PublishedThreshold];
        for (int i = 0; i < 1000; i++)
        {
            var evolution = new TopologyEvolution { Prune = criteria[i % 3], AllowsRegrowth = i % 2 == 0 };
            RewirePlan plan = Rewire.Plan(mask, values, evolution, random.NextDouble() * 0.6, random);
            Assert.Equal(700, plan.Mask.LinkCount);
            Assert.Equal(plan.PrunedCount, plan.GrownCount);
            Assert.Equal(700, plan.Mask.Distinct().Count());
            float[] moved = new float[700];
            int fresh = 0;
            for (int link = 0; link < 700; link++)
            {
                int source = plan.Sources[link];
                moved[link] = source >= 0 ? values[source] : random.NextSingle() - 0.5f;
                fresh += source < 0 ? 1 : 0;
                if (source >= 0)
                {
                    Assert.Equal(mask.ColumnOf(source), plan.Mask.ColumnOf(link));
                }
            }

            Assert.Equal(plan.GrownCount, fresh);
            mask = plan.Mask;
            values = moved;
        }
    }

    [Fact]
    public void A_pruned_position_returns_only_where_that_is_allowed()
    {
        var random = new RandomGenerator(3);
        WeightMask mask = ErdosRenyiInitializer.Create(20, 20, 150, random);
        float[] values = Draw(random, 150);
        bool returned = false;
        for (int i = 0; i < 50; i++)
        {
            RewirePlan allowed = Rewire.Plan(mask, values, TopologyEvolution.Set(), 0.5, random);
            returned |= Grown(allowed).Any(link => mask.Contains(link.Row, link.Column));
            RewirePlan forbidden = Rewire.Plan(mask, values, new TopologyEvolution { AllowsRegrowth = false }, 0.5, random);
            Assert.DoesNotContain(Grown(forbidden), link => mask.Contains(link.Row, link.Column));
        }

        Assert.True(returned);
    }

    [Fact]
    public void Random_growth_is_uniform_over_the_free_positions()
    {
        WeightMask mask = WeightMask.FromLinks(3, 4, [new Link(0, 0), new Link(0, 1), new Link(1, 2), new Link(2, 3)]);
        float[] values = [0.1f, 5f, 6f, 7f];
        var random = new RandomGenerator(21);
        var counts = new Dictionary<Link, int>();
        const int Trials = 9000;
        for (int i = 0; i < Trials; i++)
        {
            Link grown = Grown(Rewire.Plan(mask, values, TopologyEvolution.Set(), 0.25, random)).Single();
            counts[grown] = counts.GetValueOrDefault(grown) + 1;
        }

        // Nine positions are free: the eight that never were links, and the one just pruned.
        Assert.Equal(9, counts.Count);
        double expected = Trials / 9.0;
        double chiSquare = counts.Values.Sum(count => (count - expected) * (count - expected) / expected);

        // The 99.9 % quantile of chi-square with 8 degrees of freedom.
        Assert.InRange(chiSquare, 0, 26.12);
    }

    [Fact]
    public void Growth_by_gradient_takes_the_largest_magnitudes_among_the_free_positions()
    {
        WeightMask mask = WeightMask.FromLinks(2, 4, [new Link(0, 0), new Link(0, 1), new Link(1, 3)]);
        var gradient = new Table([[9f, 1f, -3f, 0.5f], [2f, -2f, 4f, 8f]]);
        var evolution = TopologyEvolution.RigL() with { AllowsRegrowth = false };
        RewirePlan plan = Rewire.Plan(mask, [0.1f, 0.2f, 5f], evolution, 0.6, new RandomGenerator(1), gradient);
        Assert.Equal(2, plan.PrunedCount);
        Assert.Equal([new Link(0, 2), new Link(1, 2)], Grown(plan));
        plan = Rewire.Plan(mask, [0.1f, 0.2f, 5f], evolution with { AllowsRegrowth = true }, 0.6, new RandomGenerator(1), gradient);
        Assert.Equal([new Link(0, 0), new Link(1, 2)], Grown(plan));
    }

    [Fact]
    public void Growth_by_gradient_breaks_ties_by_position_and_needs_the_gradient()
    {
        WeightMask mask = WeightMask.FromLinks(2, 3, [new Link(0, 1), new Link(1, 0)]);
        var flat = new Table([[1f, 1f, 1f], [1f, 1f, 1f]]);
        TopologyEvolution evolution = TopologyEvolution.RigL() with { AllowsRegrowth = false };
        RewirePlan plan = Rewire.Plan(mask, [0.5f, 2f], evolution, 0.5, new RandomGenerator(1), flat);
        Assert.Equal([new Link(0, 0)], Grown(plan));
        Assert.Throws<InvalidOperationException>(() => Rewire.Plan(mask, [0.5f, 2f], evolution, 0.5, new RandomGenerator(1)));
        Assert.True(GrowCriteria.LargestGradient.NeedsGradient);
        Assert.False(GrowCriteria.UniformRandom.NeedsGradient);
    }

    [Fact]
    public void Growth_by_gradient_takes_equal_gradients_row_by_row_and_says_when_positions_run_out()
    {
        WeightMask excluded = WeightMask.FromLinks(3, 3, [new Link(0, 1), new Link(1, 0)]);
        var flat = new Table([[1f, -1f, 1f], [1f, 1f, -1f], [1f, 1f, 1f]]);
        Assert.Equal([new Link(0, 0), new Link(0, 2), new Link(1, 1)], Grow(3));
        Assert.Equal(7, Grow(7).LinkCount);
        Assert.Equal(0, Grow(0).LinkCount);
        var e = Assert.Throws<InvalidOperationException>(() => Grow(8));
        Assert.Contains("8 links are to be grown, but the layer has only 7 free positions", e.Message, StringComparison.Ordinal);

        WeightMask Grow(int count) => GrowCriteria.LargestGradient.Grow(new GrowContext(excluded, count, new RandomGenerator(1), flat));
    }

    [Fact]
    public void Nobody_is_asked_to_grow_where_nothing_was_pruned()
    {
        WeightMask mask = WeightMask.Full(2, 2);
        var evolution = new TopologyEvolution { Grow = new Miser() { IsForbidden = true } };
        RewirePlan plan = Rewire.Plan(mask, new float[4], evolution, 0, new RandomGenerator(1));
        Assert.Equal((0, 0, 4), (plan.PrunedCount, plan.GrownCount, plan.Mask.LinkCount));
        Assert.Equal([0, 1, 2, 3], plan.Sources.ToArray());
    }

    [Fact]
    public void The_last_free_positions_can_be_grown()
    {
        WeightMask mask = WeightMask.FromLinks(2, 3, [new Link(0, 0), new Link(1, 0), new Link(1, 1), new Link(1, 2)]);
        var evolution = new TopologyEvolution { AllowsRegrowth = false };
        RewirePlan plan = Rewire.Plan(mask, [1f, 2f, 3f, 4f], evolution, 0.5, new RandomGenerator(1));
        Assert.Equal([new Link(0, 1), new Link(0, 2)], Grown(plan));
    }

    [Fact]
    public void Rewire_needs_its_parts()
    {
        var random = new RandomGenerator(1);
        WeightMask mask = WeightMask.Full(1, 1);
        Assert.Throws<ArgumentNullException>("mask", () => Rewire.Plan(null!, [], TopologyEvolution.Set(), 0, random));
        Assert.Throws<ArgumentNullException>("evolution", () => Rewire.Plan(mask, [1f], null!, 0, random));
        Assert.Throws<ArgumentNullException>("random", () => Rewire.Plan(mask, [1f], TopologyEvolution.Set(), 0, null!));
        var e = Assert.Throws<ArgumentException>("values", () => Rewire.Plan(mask, [], TopologyEvolution.Set(), 0, random));
        Assert.Contains("0 weights for 1 links", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_only_grows_nothing()
    {
        var random = new RandomGenerator(2);
        WeightMask mask = ErdosRenyiInitializer.Create(10, 10, 40, random);
        float[] values = [.. Enumerable.Range(1, 40).Select(i => (float)i)];
        RewirePlan plan = Rewire.Plan(mask, values, TopologyEvolution.Set(), 0.25, random, pruneOnly: true);
        Assert.Equal((10, 0, 30), (plan.PrunedCount, plan.GrownCount, plan.Mask.LinkCount));
    }

    [Fact]
    public void Too_few_free_positions_are_an_error_that_says_how_many()
    {
        WeightMask mask = ErdosRenyiInitializer.Create(5, 4, 18, new RandomGenerator(1));
        float[] values = [.. Enumerable.Range(1, 18).Select(i => (float)i)];
        var evolution = new TopologyEvolution { AllowsRegrowth = false };
        var e = Assert.Throws<InvalidOperationException>(() => Rewire.Plan(mask, values, evolution, 0.5, new RandomGenerator(1)));
        Assert.Contains("9 links are to be grown", e.Message, StringComparison.Ordinal);
        Assert.Contains("only 2 free positions", e.Message, StringComparison.Ordinal);
        Assert.Equal(18, Rewire.Plan(mask, values, TopologyEvolution.Set(), 0.5, new RandomGenerator(1)).Mask.LinkCount);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Zeta_outside_its_range_is_refused(double zeta)
    {
        WeightMask mask = WeightMask.Full(2, 2);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => Rewire.Plan(mask, new float[4], TopologyEvolution.Set(), zeta, new RandomGenerator(1)));
        Assert.Contains("[0, 1)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_criterion_that_breaks_its_promise_is_named()
    {
        WeightMask mask = ErdosRenyiInitializer.Create(6, 6, 10, new RandomGenerator(1));
        var evolution = new TopologyEvolution { Grow = new Miser() };
        var e = Assert.Throws<InvalidOperationException>(() => Rewire.Plan(mask, new float[10], evolution, 0.5, new RandomGenerator(1)));
        Assert.Contains("gave 0 links where 5 were asked for", e.Message, StringComparison.Ordinal);
        evolution = new TopologyEvolution { Grow = new Repeater(), AllowsRegrowth = false };
        e = Assert.Throws<InvalidOperationException>(() => Rewire.Plan(mask, new float[10], evolution, 0.5, new RandomGenerator(1)));
        Assert.Contains("may not be grown", e.Message, StringComparison.Ordinal);
        evolution = new TopologyEvolution { Grow = new Stranger() };
        e = Assert.Throws<InvalidOperationException>(() => Rewire.Plan(mask, new float[10], evolution, 0.5, new RandomGenerator(1)));
        Assert.Contains("7 × 6", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Rewire.Plan(mask, new float[9], TopologyEvolution.Set(), 0.5, new RandomGenerator(1)));
    }

    [Fact]
    public void Evolution_checks_its_settings()
    {
        Assert.Contains("(0, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => new TopologyEvolution { StopFraction = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopologyEvolution { StopFraction = 1.01 });
        Assert.Throws<ArgumentOutOfRangeException>(() => EvolutionInterval.EverySteps(0));
        Assert.Throws<ArgumentNullException>(() => new TopologyEvolution { Prune = null! });
        Assert.Throws<ArgumentNullException>(() => new TopologyEvolution { Grow = null! });
        Assert.Throws<ArgumentNullException>(() => new TopologyEvolution { Zeta = null! });
        Assert.Throws<ArgumentNullException>(() => new TopologyEvolution { Interval = null! });
        Assert.Equal(1, new TopologyEvolution { StopFraction = 1 }.StopFraction);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopologyEvolution { StopFraction = double.NaN });
    }

    [Fact]
    public void Evolution_and_interval_say_what_they_are()
    {
        Assert.Equal("static", TopologyEvolution.None.ToString());
        Assert.Equal("constant 0.3, every epoch", TopologyEvolution.Set().ToString());
        Assert.Equal("every 7 steps", EvolutionInterval.EverySteps(7).ToString());
        Assert.Equal("every step", EvolutionInterval.EverySteps(1).ToString());
        Assert.Equal("never", EvolutionInterval.Never.ToString());
    }

    [Fact]
    public void Named_methods_are_compositions()
    {
        Assert.Equal(new TopologyEvolution(), TopologyEvolution.Set());
        Assert.Equal(new TopologyEvolution { Zeta = ZetaSchedules.Constant(0.2) }, TopologyEvolution.Set(ZetaSchedules.Constant(0.2)));
        Assert.Equal(TopologyEvolution.Set(ZetaSchedules.LinearDecay(0.4, 0.1)), TopologyEvolution.Ldv(0.4, 0.1));
        Assert.Equal(TopologyEvolution.Set(ZetaSchedules.Oscillating(0.4, 0.1, 3)), TopologyEvolution.Osv(0.4, 0.1, 3));
        Assert.Equal(TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(0.4, 0.1)), TopologyEvolution.Exd(0.4, 0.1));
        Assert.Equal(
            new TopologyEvolution
            {
                Prune = PruneCriteria.Magnitude,
                Grow = GrowCriteria.LargestGradient,
                Zeta = ZetaSchedules.CosineDecay(),
                Interval = EvolutionInterval.EverySteps(100),
                GrownWeights = GrownWeights.Zero,
                StopFraction = 0.75,
            },
            TopologyEvolution.RigL());
        Assert.Equal(TopologyEvolution.RigL() with { Zeta = ZetaSchedules.Constant() }, TopologyEvolution.RigL(zeta: ZetaSchedules.Constant()));
    }

    private static float[] Draw(RandomGenerator random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    private static List<Link> Grown(RewirePlan plan)
    {
        var grown = new List<Link>();
        int i = 0;
        foreach (Link link in plan.Mask)
        {
            if (plan.Sources[i++] < 0)
            {
                grown.Add(link);
            }
        }

        return grown;
    }

    [Fact]
    public void Growth_by_gradient_leaves_every_link_of_a_row_alone()
    {
        // The links have the largest gradients of all.
        var gradient = new Table([[9, 1, 9, 2, 9], [3, 9, 9, 4, 9]]);
        WeightMask excluded = WeightMask.FromLinks(2, 5, [new(0, 0), new(0, 2), new(0, 4), new(1, 1), new(1, 2), new(1, 4)]);
        WeightMask grown = GrowCriteria.LargestGradient.Grow(new GrowContext(excluded, 3, new RandomGenerator(1), gradient));
        Assert.Equal([new Link(0, 3), new Link(1, 0), new Link(1, 3)], grown);
    }

    [Fact]
    public void Growth_by_gradient_without_a_gradient_says_what_is_missing()
    {
        WeightMask excluded = WeightMask.FromLinks(1, 2, []);
        var error = Assert.Throws<InvalidOperationException>(
            () => GrowCriteria.LargestGradient.Grow(new GrowContext(excluded, 1, new RandomGenerator(1), null)));
        Assert.Contains("needs the dense gradient", error.Message, StringComparison.Ordinal);
    }

    private sealed class Table(float[][] rows) : IDenseGradient
    {
        public void ComputeRow(int row, Span<float> destination) => rows[row].CopyTo(destination);
    }

    private sealed class Repeater : IGrowCriterion
    {
        public WeightMask Grow(in GrowContext context) =>
            WeightMask.FromLinks(context.Excluded.Rows, context.Excluded.Columns, context.Excluded.Take(context.Count));
    }

    private sealed class Stranger : IGrowCriterion
    {
        public WeightMask Grow(in GrowContext context) =>
            ErdosRenyiInitializer.Create(context.Excluded.Columns + 1, context.Excluded.Rows, context.Count, context.Random);
    }

    private sealed class Miser : IGrowCriterion
    {
        public bool IsForbidden { get; init; }

        public WeightMask Grow(in GrowContext context) => IsForbidden
            ? throw new NotSupportedException()
            : WeightMask.Empty(context.Excluded.Rows, context.Excluded.Columns);
    }
}
