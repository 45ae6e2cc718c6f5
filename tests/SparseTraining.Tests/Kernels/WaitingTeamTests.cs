using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

/// <summary>The count of busy threads belongs to the process, so nothing else may run.</summary>
[Collection(nameof(Alone))]
public class WaitingTeamTests
{
    [Fact]
    public void A_team_that_mostly_waits_takes_no_processor_from_others()
    {
        using var waiting = new WorkerTeam(Environment.ProcessorCount, isCounted: false);
        using var team = new WorkerTeam(-1);
        using var next = new WorkerTeam(-1, isCounted: false);
        Assert.Equal(Environment.ProcessorCount, waiting.Size);
        Assert.Equal(Environment.ProcessorCount, team.Size);
        Assert.Equal(1, next.Size);
    }
}
