namespace SparseTraining.Kernels;

/// <summary>
/// Numbered pieces of work for a few workers. Each takes those of its own share from the first on, the same ones every time, and then helps the
/// others from their last one on, so that what a worker gives away changes little from time to time.
/// </summary>
/// <param name="workers">How many workers there are.</param>
internal sealed class PieceQueue(int workers)
{
    /// <summary>Two cache lines from one share to the next, so that workers do not disturb each other.</summary>
    private const int Stride = 16;

    /// <summary>For each share one past its last piece that is left (upper half) and the first one (lower half).</summary>
    private readonly long[] _shares = new long[(workers + 1) * Stride];

    private int _active;

    /// <summary>Fills the queue with pieces 0 … pieces − 1. No worker may be taking any meanwhile.</summary>
    public void Fill(int pieces)
    {
        _active = Math.Min(workers, pieces);
        for (int worker = 0; worker < _active; worker++)
        {
            long start = (long)pieces * worker / _active;
            long end = (long)pieces * (worker + 1) / _active;
            Share(worker) = (end << 32) | start;
        }
    }

    /// <summary>Takes a piece that nobody has taken. Of fewer pieces than workers, the first workers get one each and the others none.</summary>
    /// <param name="worker">Whose share comes first.</param>
    /// <param name="piece">The piece.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(int worker, out int piece)
    {
        for (int i = 0; worker < _active && i < _active; i++)
        {
            if (TryTake(ref Share((worker + i) % _active), isOwn: i == 0, out piece))
            {
                return true;
            }
        }

        piece = -1;
        return false;
    }

    private static bool TryTake(ref long share, bool isOwn, out int piece)
    {
        while (true)
        {
            long seen = Volatile.Read(ref share);
            int first = (int)seen;
            int end = (int)(seen >> 32);
            piece = isOwn ? first : end - 1;
            if (first >= end)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref share, isOwn ? seen + 1 : seen - (1L << 32), seen) == seen)
            {
                return true;
            }
        }
    }

    private ref long Share(int worker) => ref _shares[(worker + 1) * Stride];
}
