using ThesisExperiments.Claims;
using ThesisExperiments.Results;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Tests;

public sealed class EvidenceTests
{
    [Fact]
    public void Methods_are_compared_within_runs_that_have_both()
    {
        Evidence evidence = Of(
            HandMade.Run("exd", 1, [0.5, 0.90]), HandMade.Run("dense", 1, [0.5, 0.88]),
            HandMade.Run("exd", 2, [0.5, 0.80]), HandMade.Run("dense", 2, [0.5, 0.79]),
            HandMade.Run("exd", 3, [0.5, 0.10]));

        Interval difference = evidence.AccuracyDifference("exd", "dense");

        Assert.Equal(2, difference.Count);
        Assert.Equal(0.015, difference.Mean, 1e-12);
    }

    [Fact]
    public void Runs_of_different_length_are_compared_at_the_last_common_epoch()
    {
        Evidence evidence = Of(
            HandMade.Run("exd", 1, [0.5, 0.6, 0.9]), HandMade.Run("dense", 1, [0.5, 0.7], RunStatus.Unfinished),
            HandMade.Run("exd", 2, [0.5, 0.6, 0.9]), HandMade.Run("dense", 2, [0.5, 0.7], RunStatus.Unfinished));

        Assert.Equal(-0.1, evidence.AccuracyDifference("exd", "dense").Mean, 1e-12);
        Assert.Contains("2 to 3 epochs", evidence.CommonEpochNote("exd", "dense"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_diverged_counts_as_guessing()
    {
        Evidence evidence = Of(HandMade.Run("dense", 1, [0.5], RunStatus.Diverged), HandMade.Run("dense", 2, [], RunStatus.Diverged));

        Assert.Equal(0.1, evidence.Accuracy("dense").Mean, 1e-12);
        Assert.Contains("dense in 2 of 2 runs", evidence.DivergedNote("dense"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_timed_epoch_is_scaled_to_a_whole_one_before_its_rewire_is_added()
    {
        // 60 of 600 samples: 10 times 1 s and one rewire of 2 s, against 10 times 4 s.
        var evidence = new Evidence("thesis", [], [HandMade.Timing(60, ("set", [1, 1], [2, 2]), ("dense", [4, 4], [0, 0]))]);

        Interval change = evidence.TrainingChange("set", "dense");

        Assert.Equal(12.0 / 40 - 1, change.Mean, 1e-12);
        Assert.Equal(2, change.Count);
    }

    [Fact]
    public void A_run_that_never_leaves_guessing_counts_one_epoch_more_than_it_has()
    {
        Assert.Equal(3, DeepClaims.FirstEpochAboveGuessing(HandMade.Run("set", 1, [0.1, 0.12, 0.4])));
        Assert.Equal(4, DeepClaims.FirstEpochAboveGuessing(HandMade.Run("set", 1, [0.1, 0.1, 0.1])));
    }

    private static Evidence Of(params RunResult[] runs) => new("thesis", runs, []);
}
