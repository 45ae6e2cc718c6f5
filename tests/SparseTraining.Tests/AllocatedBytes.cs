namespace SparseTraining.Tests;

/// <summary>Counts what a piece of code allocates on its thread, beside other tests.</summary>
internal static class AllocatedBytes
{
    private const int MostTries = 100;

    /// <summary>
    /// Runs the code until it allocates nothing or no collection falls into a run, and returns that run's bytes. A collection, which other threads may bring about at any
    /// time, can take away what is left of a thread's 8 KiB for new objects, and the rest then counts as allocated (seen in a loop that
    /// allocates nothing, once in 300 background collections).
    /// </summary>
    public static long By(Action action)
    {
        for (int i = 0; i < MostTries; i++)
        {
            // One that is under way in the background ends here.
            GC.Collect();
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (bytes == 0 || GC.CollectionCount(0) == collections)
            {
                return bytes;
            }
        }

        throw new InvalidOperationException($"A collection fell into each of {MostTries} runs.");
    }
}
