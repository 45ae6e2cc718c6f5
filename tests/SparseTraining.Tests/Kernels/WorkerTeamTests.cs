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

    [Fact]
    public void A_team_of_default_size_leaves_the_processors_that_others_use()
    {
        using var others = new WorkerTeam(Environment.ProcessorCount);
        using var team = new WorkerTeam(-1);
        Assert.Equal(1, team.Size);
        using var asked = new WorkerTeam(3);
        Assert.Equal(3, asked.Size);
    }

    [Fact]
    public void Each_worker_has_a_number_of_its_own()
    {
        using var team = new WorkerTeam(4);
        var work = new Workers(64);
        team.Run(work, 64);
        Assert.All(work.Threads, thread => Assert.True(thread is null || thread.Distinct().Count() == 1));
        Assert.Contains(work.Threads, thread => thread is not null);
    }

    [Fact]
    public void Fewer_pieces_than_workers_stay_with_as_many_workers()
    {
        using var team = new WorkerTeam(5);
        for (int run = 0; run < 200; run++)
        {
            var work = new Workers(2);
            team.Run(work, 2);
            Assert.All(work.Numbers, worker => Assert.InRange(worker, 0, 1));
        }
    }

    /// <summary>Notes for each worker number the threads that used it.</summary>
    private sealed class Workers(int pieces) : IParallelWork
    {
        private readonly int[] _worker = new int[pieces];
        private readonly int[] _thread = new int[pieces];

        public IReadOnlyList<int> Numbers => _worker;

        public IEnumerable<int[]?> Threads => Enumerable.Range(0, 4)
            .Select(worker => _thread.Where((_, piece) => _worker[piece] == worker).ToArray())
            .Select(threads => threads.Length == 0 ? null : threads);

        public void Execute(int piece, int worker)
        {
            _worker[piece] = worker;
            _thread[piece] = Environment.CurrentManagedThreadId;
            Thread.SpinWait(2000);
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
