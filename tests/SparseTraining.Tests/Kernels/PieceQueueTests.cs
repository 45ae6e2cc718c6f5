using SparseTraining.Kernels;

namespace SparseTraining.Tests.Kernels;

public class PieceQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_piece_is_taken_exactly_once_whoever_is_fast(int workers)
    {
        var queue = new PieceQueue(workers);
        for (int pieces = 0; pieces < 60; pieces++)
        {
            queue.Fill(pieces);
            var taken = new int[pieces];
            Thread[] threads = [.. Enumerable.Range(0, workers).Select(worker => new Thread(() =>
            {
                while (queue.TryTake(worker, out int piece))
                {
                    Interlocked.Increment(ref taken[piece]);
                }
            }))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.All(taken, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_worker_takes_its_share_from_the_first_piece_on_and_then_the_others_from_their_last()
    {
        var queue = new PieceQueue(2);
        for (int time = 0; time < 2; time++)
        {
            queue.Fill(8);
            Assert.Equal([4, 5], Take(queue, worker: 1, count: 2));
            Assert.Equal([0], Take(queue, worker: 0, count: 1));
            Assert.Equal([6, 7, 3, 2], Take(queue, worker: 1, count: 4));
            Assert.Equal([1], Take(queue, worker: 0, count: 1));
            Assert.False(queue.TryTake(0, out _));
            Assert.False(queue.TryTake(1, out _));
        }
    }

    [Fact]
    public void Of_few_pieces_each_stays_with_one_worker()
    {
        var queue = new PieceQueue(4);
        queue.Fill(2);
        Assert.False(queue.TryTake(3, out _));
        Assert.False(queue.TryTake(2, out _));
        Assert.Equal([1], Take(queue, worker: 1, count: 1));
        Assert.Equal([0], Take(queue, worker: 0, count: 1));
    }

    private static int[] Take(PieceQueue queue, int worker, int count)
    {
        var pieces = new int[count];
        for (int i = 0; i < count; i++)
        {
            Assert.True(queue.TryTake(worker, out pieces[i]));
        }

        return pieces;
    }
}
