using SparseTraining.Training;

namespace SparseTraining.Tests.Training;

public class WorkerSpeedsTests
{
    [Fact]
    public void The_last_worker_counts_as_the_slowest_until_another_proves_to_be()
    {
        var speeds = new WorkerSpeeds(3);
        Assert.Equal(2, Slowest(speeds, 3));
        Assert.Equal(1, Slowest(speeds, 2));

        speeds.Record(0, 2.0);
        speeds.Record(1, 1.0);
        Assert.Equal(0, Slowest(speeds, 2));
        Assert.Equal(0, Slowest(speeds, 3));
    }

    [Fact]
    public void A_small_difference_changes_nothing()
    {
        var speeds = new WorkerSpeeds(2);
        speeds.Record(0, 1.02);
        speeds.Record(1, 1.0);
        Assert.Equal(1, Slowest(speeds, 2));
        speeds.Record(0, 1.2);
        speeds.Record(0, 1.2);
        Assert.Equal(0, Slowest(speeds, 2));
        RecordBoth(speeds, 100, 1.0, 1.02);
        Assert.Equal(0, Slowest(speeds, 2));
        RecordBoth(speeds, 100, 1.0, 1.04);
        Assert.Equal(1, Slowest(speeds, 2));
    }

    [Fact]
    public void A_worker_that_was_held_back_once_is_soon_forgiven_and_one_that_stays_slow_is_not()
    {
        var speeds = new WorkerSpeeds(2);
        RecordBoth(speeds, 100, 1.0, 1.1);
        speeds.Record(0, 1000.0);
        RecordBoth(speeds, 10, 1.0, 1.1);
        Assert.Equal(1, Slowest(speeds, 2));
        RecordBoth(speeds, 10, 1.5, 1.1);
        Assert.Equal(0, Slowest(speeds, 2));
    }

    [Fact]
    public void Time_is_taken_from_a_start_and_shared_out_over_the_work()
    {
        var speeds = new WorkerSpeeds(2);
        long start = System.Diagnostics.Stopwatch.GetTimestamp() - 1_000_000;
        speeds.Record(0, start, 1);
        speeds.Record(1, start, 1_000);
        Assert.Equal(0, Slowest(speeds, 2));
    }

    private static void RecordBoth(WorkerSpeeds speeds, int times, double first, double second)
    {
        for (int i = 0; i < times; i++)
        {
            speeds.Record(0, first);
            speeds.Record(1, second);
        }
    }

    private static int Slowest(WorkerSpeeds speeds, int workers)
    {
        speeds.Choose(workers);
        return speeds.Slowest;
    }
}
