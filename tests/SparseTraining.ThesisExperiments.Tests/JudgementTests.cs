using ThesisExperiments.Claims;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Tests;

public sealed class JudgementTests
{
    [Theory]
    [InlineData(0.1, 0.3, "Holds")]
    [InlineData(-0.3, -0.1, "DoesNotHold")]
    [InlineData(-0.1, 0.3, "WithinNoise")]
    [InlineData(0, 0, "Holds")]
    public void At_least_nothing(double low, double high, string expected) =>
        Assert.Equal(expected, Judgement.Of(new Interval((low + high) / 2, low, high, 3), 0, double.PositiveInfinity).ToString());

    [Theory]
    [InlineData(0.09, 0.12, "Holds")]
    [InlineData(0.03, 0.05, "DoesNotHold")]
    [InlineData(0.30, 0.35, "DoesNotHold")]
    [InlineData(0.05, 0.12, "WithinNoise")]
    [InlineData(0.01, 0.90, "WithinNoise")]
    public void Between_two_ends(double low, double high, string expected) =>
        Assert.Equal(expected, Judgement.Of(new Interval((low + high) / 2, low, high, 5), 0.08, 0.24).ToString());

    [Fact]
    public void One_run_is_not_enough_and_none_is_no_measurement()
    {
        Assert.Equal(Outcome.NotEnoughRuns, Judgement.Of(Interval.Of([1]), 0, 2));
        Assert.Equal(Outcome.NotMeasured, Judgement.Of(Interval.None, 0, 2));
    }

    [Fact]
    public void Claims_that_must_hold_together_are_as_good_as_the_worst()
    {
        Assert.Equal(Outcome.Holds, Judgement.All([Outcome.Holds, Outcome.Holds]));
        Assert.Equal(Outcome.WithinNoise, Judgement.All([Outcome.Holds, Outcome.WithinNoise]));
        Assert.Equal(Outcome.DoesNotHold, Judgement.All([Outcome.WithinNoise, Outcome.DoesNotHold, Outcome.Holds]));
        Assert.Equal(Outcome.NotMeasured, Judgement.All([Outcome.Holds, Outcome.NotMeasured]));
        Assert.Equal(Outcome.NotMeasured, Judgement.All([]));
    }
}
