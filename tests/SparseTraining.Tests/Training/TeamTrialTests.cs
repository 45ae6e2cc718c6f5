using System.Diagnostics;
using SparseTraining.Kernels;
using SparseTraining.Training;

namespace SparseTraining.Tests.Training;

public class TeamTrialTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    public void The_faster_of_team_and_caller_takes_the_steps_until_it_is_asked_again(int teamMilliseconds, int aloneMilliseconds)
    {
        using var team = new WorkerTeam(2);
        var trial = new TeamTrial(team);
        var asked = new List<WorkerTeam>();
        for (int step = 0; step < 4020; step++)
        {
            WorkerTeam next = trial.Next;
            asked.Add(next);
            int milliseconds = ReferenceEquals(next, team) ? teamMilliseconds : aloneMilliseconds;
            trial.Record(Stopwatch.GetTimestamp() - milliseconds * Stopwatch.Frequency / 1000);
        }

        WorkerTeam winner = teamMilliseconds < aloneMilliseconds ? team : WorkerTeam.Alone;
        Assert.All(asked[20..2000], next => Assert.Same(winner, next));
        Assert.Contains(team, asked[2000..2020]);
        Assert.Contains(WorkerTeam.Alone, asked[2000..2020]);
        Assert.All(asked[2020..4000], next => Assert.Same(winner, next));
    }
}
