using System.Runtime.InteropServices;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// Runs our own loops on the threads that oneMKL works with. After each routine these wait in a spin; threads of any other
/// kind would have to fight them for the cores.
/// </summary>
internal static unsafe class OpenMPTeam
{
    private static readonly delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void> Parallel =
        (delegate* unmanaged<delegate* unmanaged<void*, void>, void*, uint, uint, void>)MklLibrary.Export("GOMP_parallel");

    private static readonly delegate* unmanaged<int> ThreadNumber = (delegate* unmanaged<int>)MklLibrary.Export("omp_get_thread_num");

    private static readonly delegate* unmanaged<int> ThreadCount = (delegate* unmanaged<int>)MklLibrary.Export("omp_get_num_threads");

    private static Share? _body;

    /// <summary>A piece of work: the thread, and how many there are.</summary>
    internal delegate void Share(int thread, int threads);

    /// <summary>Runs all shares and waits. Not for several callers at once.</summary>
    public static void Run(int threads, Share body)
    {
        if (threads == 1)
        {
            body(0, 1);
            return;
        }

        _body = body;
        Parallel(&Enter, null, (uint)threads, 0);
    }

    /// <summary>The part of [0, count) that falls to a thread.</summary>
    public static (int First, int End) Range(int count, int thread, int threads) =>
        ((int)((long)count * thread / threads), (int)((long)count * (thread + 1) / threads));

    [UnmanagedCallersOnly]
    private static void Enter(void* unused) => _body!(ThreadNumber(), ThreadCount());
}
