using CsCheck;
using SparseTraining.Schedules;

namespace SparseTraining.Tests.Schedules;

public class LearningRateSchedulesTests
{
    [Fact]
    public void Constant_is_1_and_never_undoes()
    {
        Assert.Equal(1, LearningRateSchedules.Constant.GetScale(AtEpoch(7)));
        Assert.False(LearningRateSchedules.Constant.ShouldUndoEpoch(AfterLosses(1, 100)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    [InlineData(8, 0.25)]
    public void Step_shrinks_every_few_epochs(int epoch, double expected) =>
        Assert.Equal(expected, LearningRateSchedules.Step(3, 0.5).GetScale(AtEpoch(epoch)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    public void Exponential_shrinks_after_each_epoch(int epoch) =>
        Assert.Equal(Math.Pow(0.95, epoch), LearningRateSchedules.Exponential(0.95).GetScale(AtEpoch(epoch)), 12);

    [Fact]
    public void Cosine_follows_its_formula_by_steps_or_by_epochs() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0, 1]).Sample((step, min) =>
        {
            double expected = min + ((1 - min) / 2 * (1 + Math.Cos(Math.PI * step / 1000)));
            ILearningRateSchedule schedule = LearningRateSchedules.Cosine(min);
            Assert.Equal(expected, schedule.GetScale(AtStep(step, 1000)), 1e-12);
            Assert.Equal(
                expected,
                schedule.GetScale(new TrainingProgress { EpochCount = 10, EpochFraction = step / 100.0 }), 1e-12);
        });

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(2, 0.55)]
    [InlineData(4, 1)]
    [InlineData(5.5, 1)]
    public void Warm_up_grows_linearly_and_stops(double epoch, double expected)
    {
        var progress = new TrainingProgress { EpochCount = 10, EpochFraction = epoch };
        Assert.Equal(expected, LearningRateSchedules.WarmUp(4, LearningRateSchedules.Constant).GetScale(progress), 12);
        Assert.Equal(
            epoch < 4 ? epoch / 4 : 1,
            LearningRateSchedules.WarmUp(4, LearningRateSchedules.Constant, 0).GetScale(progress), 12);
        double cosine = LearningRateSchedules.Cosine().GetScale(progress);
        Assert.Equal(
            expected * cosine, LearningRateSchedules.WarmUp(4, LearningRateSchedules.Cosine()).GetScale(progress), 12);
    }

    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(150, 0.52)]
    [InlineData(300, 1)]
    [InlineData(650, 0.50005)]
    [InlineData(1000, 0.0001)]
    public void One_cycle_rises_linearly_and_falls_along_a_cosine(int step, double expected) =>
        Assert.Equal(expected, LearningRateSchedules.OneCycle().GetScale(AtStep(step, 1000)), 12);

    [Fact]
    public void Unknown_step_count_falls_back_to_epochs()
    {
        var byDefault = default(TrainingProgress);
        Assert.Equal(1, LearningRateSchedules.Cosine().GetScale(byDefault));
        Assert.Empty(byDefault.EpochLosses);
        Assert.Equal(-1, new TrainingProgress().StepCount);
        var past = new TrainingProgress { EpochCount = 2, EpochFraction = 3 };
        Assert.Equal(0.2, LearningRateSchedules.Cosine(0.2).GetScale(past), 12);
    }

    public static TheoryData<double[], double, bool> LossStories => new()
    {
        { [], 1, false },
        { [1.0], 1, false },
        { [1.0, 0.9], 1.05, false }, // fell
        { [1.0, 1.04], 1, false }, // rose within the tolerance
        { [1.0, 1.05], 0.7, true }, // rose by more
        { [1.0, 1.0], 1, false },
        { [1.0, 1.05, 1.03], 0.7, false }, // compared with the accepted 1.0, not with the undone 1.05
        { [1.0, 1.03, 1.06], 1, false }, // small rises add up
        { [1.0, 2.0, 2.0, 0.5], 0.7 * 0.7 * 1.05, false },
        { [1.0, double.NaN], 0.7, true },
        { [1.0, double.PositiveInfinity], 0.7, true },
        { [1.0, double.NaN, 0.9], 0.7 * 1.05, false },
        { [double.NaN, 3.0, 2.0], 1.05, false }, // nothing to compare with at first
    };

    [Theory]
    [MemberData(nameof(LossStories), DisableDiscoveryEnumeration = true)]
    public void Loss_driven_rate_grows_shrinks_and_undoes(double[] losses, double scale, bool isUndone)
    {
        ILearningRateSchedule schedule = LearningRateSchedules.LossDriven();
        Assert.Equal(scale, schedule.GetScale(AfterLosses(losses)), 12);
        Assert.Equal(isUndone, schedule.ShouldUndoEpoch(AfterLosses(losses)));
        ILearningRateSchedule warmed = LearningRateSchedules.WarmUp(1e-9, schedule, 1);
        Assert.Equal(isUndone, warmed.ShouldUndoEpoch(AfterLosses(losses)));
    }

    [Fact]
    public void Only_the_loss_driven_rate_may_undo_epochs_alone_or_after_a_warm_up()
    {
        Assert.True(LearningRateSchedules.LossDriven().MayUndoEpochs);
        Assert.True(LearningRateSchedules.WarmUp(1, LearningRateSchedules.LossDriven()).MayUndoEpochs);
        Assert.False(LearningRateSchedules.WarmUp(1, LearningRateSchedules.Cosine()).MayUndoEpochs);
        Assert.False(LearningRateSchedules.Constant.MayUndoEpochs);
    }

    [Fact]
    public void Text_names_the_strategy_and_its_parameters()
    {
        Assert.Equal("constant", LearningRateSchedules.Constant.ToString());
        Assert.Equal("times 0.5 every 3 epochs", LearningRateSchedules.Step(3, 0.5).ToString());
        Assert.Equal("cosine from 1 to 0.1", LearningRateSchedules.Cosine(0.1).ToString());
        Assert.Equal(
            "warm-up over 2.5 epochs, then constant",
            LearningRateSchedules.WarmUp(2.5, LearningRateSchedules.Constant).ToString());
        Assert.Equal(
            "one cycle from 0.04 to 1 at 0.3 of the run, down to 0.0001", LearningRateSchedules.OneCycle().ToString());
        Assert.Equal("loss-driven, × 1.05 or × 0.7, tolerance 0.04", LearningRateSchedules.LossDriven().ToString());
    }

    public static TheoryData<string, Action, string> BadInput => new()
    {
        { "everyEpochs", () => LearningRateSchedules.Step(0, 0.5), "'1'" },
        { "factor", () => LearningRateSchedules.Step(1, 0), "(0, 1]" },
        { "factor", () => LearningRateSchedules.Step(1, 1.1), "(0, 1]" },
        { "factorPerEpoch", () => LearningRateSchedules.Exponential(double.NaN), "(0, 1]" },
        { "minScale", () => LearningRateSchedules.Cosine(-0.1), "[0, 1]" },
        { "minScale", () => LearningRateSchedules.Cosine(double.NaN), "[0, 1]" },
        { "epochs", () => LearningRateSchedules.WarmUp(0, LearningRateSchedules.Constant), "above 0" },
        {
            "epochs",
            () => LearningRateSchedules.WarmUp(double.PositiveInfinity, LearningRateSchedules.Constant),
            "finite"
        },
        { "startScale", () => LearningRateSchedules.WarmUp(1, LearningRateSchedules.Constant, 1.1), "[0, 1]" },
        { "peakFraction", () => LearningRateSchedules.OneCycle(0), "(0, 1)" },
        { "peakFraction", () => LearningRateSchedules.OneCycle(1), "(0, 1)" },
        { "startScale", () => LearningRateSchedules.OneCycle(startScale: -1), "[0, 1]" },
        { "endScale", () => LearningRateSchedules.OneCycle(endScale: 2), "[0, 1]" },
        { "increase", () => LearningRateSchedules.LossDriven(increase: 0.9), "at least 1" },
        { "increase", () => LearningRateSchedules.LossDriven(increase: double.PositiveInfinity), "finite" },
        { "decrease", () => LearningRateSchedules.LossDriven(decrease: 1), "(0, 1)" },
        { "decrease", () => LearningRateSchedules.LossDriven(decrease: 0), "(0, 1)" },
        { "tolerance", () => LearningRateSchedules.LossDriven(tolerance: -0.1), "at least 0" },
        { "tolerance", () => LearningRateSchedules.LossDriven(tolerance: double.NaN), "at least 0" },
    };

    [Theory]
    [MemberData(nameof(BadInput), DisableDiscoveryEnumeration = true)]
    public void Parameters_outside_their_range_are_refused(string name, Action act, string message) =>
        Assert.Contains(
            message, Assert.Throws<ArgumentOutOfRangeException>(name, act).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_that_are_part_of_their_range_are_allowed()
    {
        Assert.Equal(1, LearningRateSchedules.Step(1, 1).GetScale(AtEpoch(9)));
        Assert.Equal(1, LearningRateSchedules.Cosine(1).GetScale(AtEpoch(9)));
        Assert.Equal(1, LearningRateSchedules.LossDriven(increase: 1).GetScale(AfterLosses(2, 1)));
        Assert.Equal(0.7, LearningRateSchedules.LossDriven(tolerance: 0).GetScale(AfterLosses(1, 1.001)), 12);
    }

    [Fact]
    public void Known_steps_decide_and_not_epochs() => Assert.Equal(
        0.5,
        LearningRateSchedules.Cosine().GetScale(new TrainingProgress { Step = 5, StepCount = 10, EpochCount = 10, EpochFraction = 2 }),
        12);

    [Fact]
    public void Warm_up_needs_a_schedule() =>
        Assert.Throws<ArgumentNullException>("then", () => LearningRateSchedules.WarmUp(1, null!));

    private static TrainingProgress AtEpoch(int epoch) =>
        new() { Epoch = epoch, EpochCount = 100, EpochFraction = epoch };

    private static TrainingProgress AtStep(long step, long count) =>
        new() { Step = step, StepCount = count, EpochCount = 10, EpochFraction = 10.0 * step / count };

    private static TrainingProgress AfterLosses(params double[] losses) =>
        new() { Epoch = losses.Length, EpochCount = 100, EpochFraction = losses.Length, EpochLosses = losses };
}
