using System.Diagnostics;

namespace SparseTraining.Training;

/// <summary>
/// How long each thread of a team takes for its work, from step to step: processors differ, by their kind or because another program runs
/// beside them, and who is slow should get the narrow tile. It decides who computes what, never what is computed.
/// </summary>
internal sealed class WorkerSpeeds
{
    /// <summary>A cache line from one number to the next.</summary>
    private const int Stride = 8;

    /// <summary>Steps over which times are averaged.</summary>
    private const double Memory = 8;

    /// <summary>How much slower than the last choice another worker must be: changing over moves a tile's blocks to another cache.</summary>
    private const double Margin = 1.03;

    private readonly double[] _times;

    /// <summary>Knows nothing yet.</summary>
    /// <param name="workers">How many workers there are; the last one counts as the slowest until others prove to be.</param>
    public WorkerSpeeds(int workers)
    {
        _times = new double[workers * Stride];
        Slowest = workers - 1;
    }

    /// <summary>The slowest worker of those that the last call of <see cref="Choose"/> looked at.</summary>
    public int Slowest { get; private set; }

    /// <summary>Notes how long a worker took. Workers may do so at the same time, each for itself.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="startTimestamp">When it began.</param>
    /// <param name="work">How much it did, at least 1.</param>
    public void Record(int worker, long startTimestamp, int work) =>
        Record(worker, Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds / work);

    /// <summary>Notes how long a worker took for a unit of work.</summary>
    internal void Record(int worker, double time)
    {
        ref double average = ref _times[worker * Stride];

        // A worker that the operating system held back once is no slow one.
        average = average == 0 ? time : average + (Math.Min(time, 2 * average) - average) / Memory;
    }

    /// <summary>Looks for the slowest of the first workers.</summary>
    public void Choose(int workers)
    {
        int slowest = Math.Min(Slowest, workers - 1);
        for (int worker = 0; worker < workers; worker++)
        {
            if (_times[worker * Stride] > Margin * _times[slowest * Stride])
            {
                slowest = worker;
            }
        }

        Slowest = slowest;
    }
}
