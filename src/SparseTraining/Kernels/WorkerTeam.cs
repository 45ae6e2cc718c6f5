using System.Runtime.ExceptionServices;

namespace SparseTraining.Kernels;

/// <summary>Independent pieces of work, numbered from 0; each may run on any thread, in any order.</summary>
internal interface IParallelWork
{
    /// <summary>Does one piece.</summary>
    /// <param name="piece">Its number.</param>
    /// <param name="worker">The number of the thread, from 0: selects scratch memory that no other thread uses meanwhile.</param>
    void Execute(int piece, int worker);
}

/// <summary>
/// A few threads that share out numbered pieces of work, one run of pieces after another, until the team is disposed of. The caller works
/// too. Results cannot depend on the number of threads, because each piece alone writes its part.
/// </summary>
/// <remarks>
/// Each worker begins with its own share of the pieces, the same ones in every step, so that weights stay in the cache of
/// the core that last touched them; a worker that is done takes over pieces of the others.
/// Workers spin for a moment before they sleep: the hand-overs of a step cost a few microseconds that way, where waking
/// threads costs tens. A run ends when its pieces are done, not when every worker has woken up, so a worker that the
/// operating system holds back costs nothing. Running allocates nothing. One thread means no worker and no
/// synchronisation at all.
/// </remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 20_000;
    private const int SpinsBeforeYield = 500;

    /// <summary>More threads than any machine of these days runs at once; whoever asks for more gets as many.</summary>
    private const int MostThreads = 1024;

    /// <summary>Longs from one ticket to the next: two cache lines, so that workers do not disturb each other.</summary>
    private const int TicketStride = 16;

    /// <summary>
    /// Threads of all teams of this process that are counted, callers included: so that models that train at the same time share the
    /// processors. It decides how many threads work, never what they compute.
    /// </summary>
    private static int _threadsOfAllTeams;

    private readonly Thread[] _threads;
    private readonly bool _isCounted;
    private readonly object _gate = new();

    /// <summary>For each worker the run (upper half) and the next piece of its share that nobody has taken (lower half).</summary>
    private readonly long[] _tickets;

    private volatile IParallelWork? _work;
    private volatile int _pieces;
    private volatile int _active;
    private volatile int _generation;
    private volatile bool _disposed;
    private volatile ExceptionDispatchInfo? _failure;
    private int _done;
    private int _sleeping;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">
    /// Threads that work at once, the caller's included, or −1 for as many as there are processors that no other team uses.
    /// </param>
    /// <param name="isCounted">Whether the threads count as busy for teams that start later; false for a team that mostly waits.</param>
    public WorkerTeam(int threads, bool isCounted = true)
    {
        _isCounted = isCounted;
        _threads = new Thread[Claim(threads, isCounted) - 1];
        _tickets = new long[(_threads.Length + 2) * TicketStride];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Loop(worker)) { IsBackground = true, Name = "SparseTraining worker" };
        }

        try
        {
            foreach (Thread thread in _threads)
            {
                thread.Start();
            }
        }
        catch
        {
            // The system has no more threads: those that there are must end.
            Dispose();
            throw;
        }
    }

    private WorkerTeam()
    {
        _threads = [];
        _tickets = [];
    }

    /// <summary>The caller without help; holds nothing, so that all may use it.</summary>
    public static WorkerTeam Alone { get; } = new();

    /// <summary>Threads that work at once, the caller's included.</summary>
    public int Size => _threads.Length + 1;

    /// <summary>Runs pieces 0 … pieces − 1 and returns when all are done; rethrows the first failure.</summary>
    /// <remarks>
    /// Of fewer pieces than workers each has one worker that keeps it from step to step: if the idle ones could take pieces over,
    /// what a piece works on would wander from cache to cache.
    /// </remarks>
    public void Run(IParallelWork work, int pieces)
    {
        if (_threads.Length == 0 || pieces <= 1)
        {
            for (int i = 0; i < pieces; i++)
            {
                work.Execute(i, 0);
            }

            return;
        }

        // While the fields change, the tickets offer no piece, so that nobody can take one with half of the old run's fields
        // and half of the new one's.
        long run = (long)(_generation + 1) << 32;
        for (int worker = 0; worker < Size; worker++)
        {
            Volatile.Write(ref Ticket(worker), run | int.MaxValue);
        }

        _work = work;
        _pieces = pieces;
        _active = Math.Min(Size, pieces);
        _failure = null;
        Volatile.Write(ref _done, 0);
        for (int worker = 0; worker < Size; worker++)
        {
            Volatile.Write(ref Ticket(worker), run | (uint)ShareStart(worker, pieces));
        }

        WakeAll();
        WorkThrough(0);
        var spinner = default(SpinWait);
        for (int spins = 0; Volatile.Read(ref _done) != pieces; spins++)
        {
            if (spins < SpinsBeforeYield)
            {
                Thread.SpinWait(1);
            }
            else
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }
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
            // One that could not be started has nothing to wait for.
            if (!thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted))
            {
                thread.Join();
            }
        }

        Interlocked.Add(ref _threadsOfAllTeams, _isCounted ? -Size : 0);
    }

    private static int Claim(int threads, bool isCounted)
    {
        while (true)
        {
            int taken = Volatile.Read(ref _threadsOfAllTeams);
            int size = Math.Clamp(threads == -1 ? Environment.ProcessorCount - taken : threads, 1, MostThreads);
            if (!isCounted || Interlocked.CompareExchange(ref _threadsOfAllTeams, taken + size, taken) == taken)
            {
                return size;
            }
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

    private void Loop(int worker)
    {
        int seen = 0;
        while (true)
        {
            WaitForNext(seen);

            // In this order: the end comes with a generation of its own, and whoever has seen that one without seeing the end would wait for ever.
            seen = _generation;
            if (_disposed)
            {
                return;
            }

            WorkThrough(worker);
        }
    }

    private void WaitForNext(int seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep && _generation == seen; spin++)
        {
            Thread.SpinWait(1);
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

    private ref long Ticket(int worker) => ref _tickets[(worker + 1) * TicketStride];

    /// <summary>The first piece of a worker's share; that of the next worker is its end.</summary>
    private int ShareStart(int worker, int pieces) => worker >= _active ? pieces : (int)((long)pieces * worker / _active);

    /// <summary>Takes pieces, those of the own share first, until there are none.</summary>
    /// <remarks>A piece that is taken keeps its run from ending, so the fields that belong to it stay.</remarks>
    private void WorkThrough(int worker)
    {
        int done = 0;
        int active = worker < _active ? _active : 0;
        for (int i = 0; i < active; i++)
        {
            int share = (worker + i) % active;
            while (TryTake(share, out int piece))
            {
                try
                {
                    if (_failure is null)
                    {
                        _work!.Execute(piece, worker);
                    }
                }
                catch (Exception exception)
                {
                    _failure ??= ExceptionDispatchInfo.Capture(exception);
                }

                done++;
            }
        }

        if (done > 0)
        {
            Interlocked.Add(ref _done, done);
        }
    }

    private bool TryTake(int share, out int piece)
    {
        ref long ticket = ref Ticket(share);
        while (true)
        {
            long seen = Volatile.Read(ref ticket);
            piece = (int)seen;
            if (piece >= ShareStart(share + 1, _pieces))
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref ticket, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }
}
