using System.Diagnostics;
using SparseTraining.Training;

namespace SparseTraining.Tests.Training;

public class StepTrialTests
{
    private static readonly StepWay[] Ways = [StepWay.Alone, StepWay.ByTiles, StepWay.ByRows];

    [Theory]
    [InlineData(1, 3, 3)]
    [InlineData(3, 1, 2)]
    [InlineData(3, 2, 1)]
    public void The_fastest_way_takes_the_steps_until_it_is_asked_again(int first, int second, int third)
    {
        int[] milliseconds = [first, second, third];
        var trial = new StepTrial(Ways);
        var asked = new List<StepWay>();
        for (int step = 0; step < 4018; step++)
        {
            StepWay next = trial.Next;
            asked.Add(next);
            trial.Record(Stopwatch.GetTimestamp() - milliseconds[(int)next] * Stopwatch.Frequency / 1000);
        }

        StepWay winner = Ways[Array.IndexOf(milliseconds, 1)];
        Assert.All(Ways, way => Assert.Contains(way, asked[..18]));
        Assert.All(asked[18..2000], next => Assert.Equal(winner, next));
        Assert.All(Ways, way => Assert.Contains(way, asked[2000..2018]));
        Assert.All(asked[2018..4000], next => Assert.Equal(winner, next));
    }

    [Fact]
    public void An_only_way_needs_no_trial()
    {
        var trial = new StepTrial([StepWay.ByTiles]);
        for (int step = 0; step < 30; step++)
        {
            Assert.Equal(StepWay.ByTiles, trial.Next);
            trial.Record(Stopwatch.GetTimestamp());
        }
    }
}
