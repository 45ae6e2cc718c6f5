using System.Buffers;

namespace SparseTraining.Topology;

/// <summary>
/// Arrays with a value a link that are needed for a moment: from the shared pool, since memory that is new to the process costs more than the work of a pass
/// over it; large ones from the collector, because the pool rounds lengths up to powers of two and keeps what it is given back.
/// </summary>
internal static class LinkScratch
{
    /// <summary>Values of the longest array that is pooled.</summary>
    public const int LargestPooled = 1 << 20;

    /// <summary>An array of at least so many values, whatever they are.</summary>
    public static T[] Rent<T>(int length)
        where T : unmanaged =>
        length <= LargestPooled ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);

    /// <summary>Gives an array back, which nobody may use any more.</summary>
    public static void Return<T>(T[] array)
        where T : unmanaged
    {
        if (array.Length <= LargestPooled)
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }
}
