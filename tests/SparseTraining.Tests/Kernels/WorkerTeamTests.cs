using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Every_piece_runs_exactly_once_in_every_of_many_runs(int threads)
    {
        using var team = new WorkerTeam(threads);
        Assert.Equal(threads, team.Size);
        for (int run = 0; run < 300; run++)
        {
            var work = new Counter(run % 37);
            team.Run(work, work.Counts.Length);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_the_team_goes_on()
    {
        using var team = new WorkerTeam(3);
        var failure = Assert.Throws<InvalidOperationException>(() => team.Run(new Failing(), 50));
        Assert.Equal("piece 7", failure.Message);
        var work = new Counter(20);
        team.Run(work, 20);
        Assert.All(work.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Sleeping_workers_wake_up()
    {
        using var team = new WorkerTeam(4);
        for (int run = 0; run < 5; run++)
        {
            // Longer than workers spin, so that they sleep on the semaphore.
            Thread.Sleep(30);
            var work = new Counter(100);
            team.Run(work, 100);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Runs_of_changing_length_and_work_never_mix()
    {
        using var team = new WorkerTeam(6);
        for (int run = 0; run < 5000; run++)
        {
            var work = new Counter(2 + run * 7 % 11);
            team.Run(work, work.Counts.Length);
            foreach (int count in work.Counts)
            {
                Assert.Equal(1, count);
            }
        }
    }

    private sealed class Counter(int pieces) : IParallelWork
    {
        public int[] Counts { get; } = new int[pieces];

        public void Execute(int piece, int worker) => Interlocked.Increment(ref Counts[piece]);
    }

    private sealed class Failing : IParallelWork
    {
        public void Execute(int piece, int worker)
        {
            if (piece == 7)
            {
                throw new InvalidOperationException("piece 7");
            }
        }
    }
}
