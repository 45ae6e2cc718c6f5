using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>Brings values of links into another order.</summary>
/// <remarks>The indices come from a mask that has proven them, so only the lengths are the caller's to get right.</remarks>
internal static class Permutation
{
    /// <summary>destination[i] = source[indices[i]].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gather<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> indices, Span<T> destination)
        where T : unmanaged
    {
        ref T from = ref MemoryMarshal.GetReference(source);
        destination = destination[..indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            destination[i] = Unsafe.Add(ref from, indices[i]);
        }
    }
}
