using System.Runtime.ExceptionServices;

namespace SparseTraining.Kernels;

/// <summary>Independent pieces of work, numbered from 0; each may run on any thread, in any order.</summary>
internal interface IParallelWork
{
    void Execute(int piece);
}

/// <summary>
/// A few threads that stay for the length of one training run and share out numbered pieces of work. The caller works
/// too. Results cannot depend on the number of threads, because each piece alone writes its part.
/// </summary>
/// <remarks>
/// Workers spin for a moment before they sleep: two hand-overs a step cost a few microseconds that way, where waking
/// threads costs tens. A run ends when its pieces are done, not when every worker has woken up, so a worker that the
/// operating system holds back costs nothing. Running allocates nothing. One thread means no worker and no
/// synchronisation at all.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 2000;
    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private volatile IParallelWork? _work;
    private volatile int _pieces;
    private volatile int _generation;
    private volatile bool _disposed;
    private volatile ExceptionDispatchInfo? _failure;
    private int _done;
    private int _sleeping;

    /// <summary>The run (upper half) and the next piece of it that nobody has taken (lower half).</summary>
    private long _ticket;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">Threads that work at once, the caller's included.</param>
    public WorkerTeam(int threads)
    {
        _threads = new Thread[Math.Max(threads, 1) - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Loop) { IsBackground = true, Name = "SparseTraining worker" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that work at once, the caller's included.</summary>
    public int Size => _threads.Length + 1;

    /// <summary>Runs pieces 0 … pieces − 1 and returns when all are done; rethrows the first failure.</summary>
    public void Run(IParallelWork work, int pieces)
    {
        if (_threads.Length == 0 || pieces <= 1)
        {
            for (int i = 0; i < pieces; i++)
            {
                work.Execute(i);
            }

            return;
        }

        // While the fields change, the ticket offers no piece, so that nobody can take one with half of the old run's
        // fields and half of the new one's.
        long run = (long)(_generation + 1) << 32;
        Volatile.Write(ref _ticket, run | int.MaxValue);
        _work = work;
        _pieces = pieces;
        _failure = null;
        Volatile.Write(ref _done, 0);
        Volatile.Write(ref _ticket, run);
        WakeAll();
        WorkThrough();
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _done) != pieces)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _failure?.Throw();
    }

    /// <summary>Ends the threads and waits for them.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        WakeAll();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void WakeAll()
    {
        Interlocked.Increment(ref _generation);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Loop()
    {
        int seen = 0;
        while (true)
        {
            WaitForNext(seen);
            if (_disposed)
            {
                return;
            }

            seen = _generation;
            WorkThrough();
        }
    }

    private void WaitForNext(int seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep && _generation == seen; spin++)
        {
            Thread.SpinWait(10);
        }

        if (_generation == seen)
        {
            lock (_gate)
            {
                // A sleeper counts itself before it looks again, so that either WakeAll sees it or it sees the new
                // generation. A pulse wakes all sleepers: tokens could be taken by a worker that is already back.
                Interlocked.Increment(ref _sleeping);
                while (_generation == seen)
                {
                    Monitor.Wait(_gate);
                }

                Interlocked.Decrement(ref _sleeping);
            }
        }
    }

    /// <summary>Takes pieces until there are none. A piece that is taken keeps its run from ending, so its fields stay.</summary>
    private void WorkThrough()
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int piece = (int)ticket;
            IParallelWork? work = _work;
            if (piece >= _pieces)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                if (_failure is null)
                {
                    work!.Execute(piece);
                }
            }
            catch (Exception exception)
            {
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            }

            Interlocked.Increment(ref _done);
        }
    }
}
