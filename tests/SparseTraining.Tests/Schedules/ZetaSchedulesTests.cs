using CsCheck;
using SparseTraining.Schedules;

namespace SparseTraining.Tests.Schedules;

public class ZetaSchedulesTests
{
    private static readonly Gen<(int Index, int Count)> Rewires =
        Gen.Int[1, 1000].SelectMany(count => Gen.Int[0, count].Select(index => (index, count)));

    private static readonly IZetaSchedule Half = ZetaSchedules.Constant(0.5);

    private static readonly IZetaSchedule Fifth = ZetaSchedules.Constant(0.2);

    public static TheoryData<IZetaSchedule, int, double> Checks => new()
    {
        // The values of the specification for 500 epochs.
        { ZetaSchedules.LinearDecay(), 10, 0.2942 },
        { ZetaSchedules.LinearDecay(), 100, 0.2420 },
        { ZetaSchedules.LinearDecay(), 500, 0.0100 },
        { ZetaSchedules.Oscillating(), 10, 0.2929 },
        { ZetaSchedules.Oscillating(), 100, 0.0100 },
        { ZetaSchedules.Oscillating(), 200, 0.3000 },
        { ZetaSchedules.ExponentialDecay(), 10, 0.2713 },
        { ZetaSchedules.ExponentialDecay(), 100, 0.1098 },
        { ZetaSchedules.ExponentialDecay(), 300, 0.0147 },
        { ZetaSchedules.Constant(), 123, 0.3000 },
        { ZetaSchedules.CosineDecay(), 0, 0.3000 },
        { ZetaSchedules.CosineDecay(), 250, 0.1500 },
        { ZetaSchedules.CosineDecay(), 500, 0.0000 },
    };

    [Theory]
    [MemberData(nameof(Checks), DisableDiscoveryEnumeration = true)]
    public void Values_for_500_epochs(IZetaSchedule schedule, int index, double expected) =>
        Assert.Equal(expected, At(schedule, index, 500), 4);

    [Fact]
    public void Values_follow_the_formulas() => Rewires.Sample(at =>
    {
        (int i, int e) = at;
        double period = 2.0 * e / (3 + (2 * 4));
        Assert.Equal(0.05 + (0.35 * (e - i) / e), At(ZetaSchedules.LinearDecay(0.4, 0.05), i, e), 1e-12);
        Assert.Equal(
            (0.45 / 2) + (0.35 / 2 * Math.Cos(2 * Math.PI * i / period)),
            At(ZetaSchedules.Oscillating(0.4, 0.05, 4), i, e), 1e-12);
        Assert.Equal(0.4 * Math.Pow(1 - 0.02, i), At(ZetaSchedules.ExponentialDecay(0.4, 0.02), i, e), 1e-12);
        Assert.Equal(
            0.05 + (0.35 / 2 * (1 + Math.Cos(Math.PI * i / e))), At(ZetaSchedules.CosineDecay(0.4, 0.05), i, e), 1e-12);
    });

    [Fact]
    public void Values_stay_within_their_limits() =>
        Gen.Select(Rewires, Gen.Double[0, 0.999], Gen.Double[0, 1]).Sample((at, max, share) =>
        {
            double min = max * share;
            IZetaSchedule[] schedules =
            [
                ZetaSchedules.LinearDecay(max, min),
                ZetaSchedules.Oscillating(max, min),
                ZetaSchedules.CosineDecay(max, min),
            ];
            Assert.All(schedules, schedule =>
                Assert.InRange(At(schedule, at.Index, at.Count), min - 1e-15, max + 1e-15));
        });

    [Fact]
    public void Oscillation_has_its_period_and_ends_low()
    {
        IZetaSchedule schedule = ZetaSchedules.Oscillating();
        Assert.Equal(At(schedule, 37, 500), At(schedule, 237, 500), 12);
        Assert.Equal(0.01, At(schedule, 500, 500), 12);
    }

    [Fact]
    public void Schedules_combine()
    {
        Assert.Equal(0.7, At(ZetaSchedules.Sum(Half, Fifth), 0, 9), 12);
        Assert.Equal(0.1, At(ZetaSchedules.Product(Half, Fifth), 0, 9), 12);
        Assert.Equal(0.9, At(ZetaSchedules.Sum(Half, Half, Fifth).Clamp(0.1, 0.9), 0, 9), 12);
        Assert.Equal(0.3, At(Fifth.Clamp(0.3, 0.9), 0, 9), 12);
        Assert.Equal(0.4, At(ZetaSchedules.FromFunction(c => c.Index / (double)c.Count), 4, 10), 12);
        Assert.Equal(0.25, ZetaSchedules.FromFunction(c => c.TrainingLoss / 8).GetZeta(new ZetaContext(0, 1, 2)), 12);
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(2, 0.3)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.5)]
    [InlineData(5, 0.2)]
    [InlineData(10, 0.2)]
    public void Piecewise_schedule_changes_where_told(int index, double expected)
    {
        IZetaSchedule byIndex = ZetaSchedules.Piecewise(
            ZetaSection.FromIndex(0, ZetaSchedules.Constant()),
            ZetaSection.FromIndex(3, Half),
            ZetaSection.FromIndex(5, Fifth));
        IZetaSchedule byFraction = ZetaSchedules.Piecewise(
            ZetaSection.FromFraction(0, ZetaSchedules.Constant()),
            ZetaSection.FromFraction(0.25, Half),
            ZetaSection.FromFraction(0.5, Fifth));
        IZetaSchedule mixed = ZetaSchedules.Piecewise(
            ZetaSection.FromIndex(0, ZetaSchedules.Constant()),
            ZetaSection.FromIndex(3, Half),
            ZetaSection.FromFraction(0.5, Fifth));
        Assert.All([byIndex, byFraction, mixed], schedule => Assert.Equal(expected, At(schedule, index, 10)));
    }

    [Fact]
    public void Sections_see_the_index_of_the_whole_run()
    {
        IZetaSchedule schedule = ZetaSchedules.Piecewise(
            ZetaSection.FromIndex(0, Half), ZetaSection.FromIndex(5, ZetaSchedules.LinearDecay()));
        Assert.Equal(At(ZetaSchedules.LinearDecay(), 7, 10), At(schedule, 7, 10));
    }

    [Fact]
    public void Equal_parameters_make_equal_schedules()
    {
        Assert.Equal(ZetaSchedules.Oscillating(), ZetaSchedules.Oscillating(0.3, 0.01, 1));
        Assert.NotEqual(ZetaSchedules.Constant(0.1), Fifth);
    }

    [Fact]
    public void Text_names_the_strategy_and_its_parameters()
    {
        Assert.Equal("constant 0.3", ZetaSchedules.Constant().ToString());
        Assert.Equal("linear decay from 0.3 to 0.01", ZetaSchedules.LinearDecay().ToString());
        Assert.Equal("oscillating between 0.3 and 0.01, k = 1", ZetaSchedules.Oscillating().ToString());
        Assert.Equal("exponential decay from 0.3, interest 0.01", ZetaSchedules.ExponentialDecay().ToString());
        Assert.Equal("cosine decay from 0.3 to 0", ZetaSchedules.CosineDecay().ToString());
        Assert.Equal("function", ZetaSchedules.FromFunction(_ => 0).ToString());
        Assert.Equal(
            "(sum of (constant 0.5; constant 0.2)) within [0, 0.4]",
            ZetaSchedules.Sum(Half, Fifth).Clamp(0, 0.4).ToString());
        Assert.Equal("product of (constant 0.5; constant 0.2)", ZetaSchedules.Product(Half, Fifth).ToString());
        Assert.Equal(
            "piecewise (from 0: constant 0.5; from 0.5 of the run: constant 0.2)",
            ZetaSchedules.Piecewise(ZetaSection.FromIndex(0, Half), ZetaSection.FromFraction(0.5, Fifth)).ToString());
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Parameters_outside_0_to_1_are_refused(double value)
    {
        Action[] all =
        [
            () => ZetaSchedules.Constant(value),
            () => ZetaSchedules.LinearDecay(max: value),
            () => ZetaSchedules.Oscillating(max: value),
            () => ZetaSchedules.CosineDecay(max: value),
            () => ZetaSchedules.ExponentialDecay(initial: value),
            () => ZetaSchedules.ExponentialDecay(interest: value),
            () => Half.Clamp(0, value),
            () => ZetaSection.FromFraction(value, Half),
        ];
        Assert.All(all, act =>
            Assert.Contains(
                "[0, 1)", Assert.Throws<ArgumentOutOfRangeException>(act).Message, StringComparison.Ordinal));
        Assert.Contains(
            "[0, 0.3], at most max",
            Assert.Throws<ArgumentOutOfRangeException>("min", () => ZetaSchedules.LinearDecay(min: value)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Minimum_above_maximum_is_refused()
    {
        Action[] all =
        [
            () => ZetaSchedules.LinearDecay(0.2, 0.21),
            () => ZetaSchedules.Oscillating(0.2, 0.21),
            () => ZetaSchedules.CosineDecay(0.2, 0.21),
            () => Half.Clamp(0.21, 0.2),
        ];
        Assert.All(all, act =>
            Assert.Contains(
                "[0, 0.2]", Assert.Throws<ArgumentOutOfRangeException>("min", act).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Oscillations_outside_their_range_are_refused(int k) =>
        Assert.Contains(
            "[0, 1000000]",
            Assert.Throws<ArgumentOutOfRangeException>(nameof(k), () => ZetaSchedules.Oscillating(k: k)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public void As_many_oscillations_as_the_range_allows_are_taken(int k) =>
        Assert.Equal(0.3, At(ZetaSchedules.Oscillating(k: k), 0, 9), 12);

    [Fact]
    public void Combinations_of_nothing_are_refused()
    {
        Action[] all = [() => ZetaSchedules.Sum(), () => ZetaSchedules.Product(), () => ZetaSchedules.Piecewise()];
        Assert.All(all, act =>
            Assert.Contains("at least one", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentNullException>("terms", () => ZetaSchedules.Sum(Half, null!));
        Assert.Throws<ArgumentNullException>(() => ZetaSchedules.FromFunction(null!));
        Assert.Throws<ArgumentNullException>(() => ZetaSection.FromIndex(0, null!));
        Assert.Throws<ArgumentNullException>("schedule", () => ZetaSchedules.Clamp(null!, 0, 0.5));
        Assert.Throws<ArgumentNullException>("schedule", () => ZetaSchedules.GetCheckedZeta(null!, new ZetaContext(0, 1, 0)));
    }

    [Fact]
    public void Sections_out_of_order_are_refused()
    {
        AssertRefused("first section starts at 3", ZetaSection.FromIndex(3, Half));
        AssertRefused(
            "after one that starts at 5; each must start later than the one before",
            ZetaSection.FromIndex(0, Half),
            ZetaSection.FromIndex(5, Half),
            ZetaSection.FromIndex(5, Fifth));
        AssertRefused(
            "starts at 0.2, after",
            ZetaSection.FromFraction(0, Half),
            ZetaSection.FromFraction(0.3, Half),
            ZetaSection.FromFraction(0.2, Fifth));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => ZetaSection.FromIndex(-1, Half));

        static void AssertRefused(string message, params ZetaSection[] sections) =>
            Assert.Contains(
                message,
                Assert.Throws<ArgumentException>(() => ZetaSchedules.Piecewise(sections)).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Zeta_outside_its_range_is_not_used(double zeta)
    {
        IZetaSchedule schedule = ZetaSchedules.FromFunction(_ => zeta);
        var error = Assert.Throws<InvalidOperationException>(() => schedule.GetCheckedZeta(new ZetaContext(3, 9, 0)));
        Assert.Contains("\"function\" gave", error.Message, StringComparison.Ordinal);
        Assert.Contains("rewire 3 of 9; it must be in [0, 1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(0.5, Half.GetCheckedZeta(new ZetaContext(3, 9, 0)));
        Assert.Equal(0, ZetaSchedules.Constant(0).GetCheckedZeta(new ZetaContext(3, 9, 0)));
    }

    [Fact]
    public void Contexts_outside_the_run_are_refused()
    {
        Assert.Contains(
            "[0, 5]",
            Assert.Throws<ArgumentOutOfRangeException>("Index", () => new ZetaContext(6, 5, 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("Index", () => new ZetaContext(-1, 5, 0));
        Assert.Contains(
            "at least 1",
            Assert.Throws<ArgumentOutOfRangeException>("Count", () => new ZetaContext(0, 0, 0)).Message,
            StringComparison.Ordinal);
    }

    private static double At(IZetaSchedule schedule, int index, int count) =>
        schedule.GetZeta(new ZetaContext(index, count, double.NaN));
}
