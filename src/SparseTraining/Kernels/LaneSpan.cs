using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SparseTraining.Kernels;

/// <summary>Reads and writes lanes of a span, so that losses and activations need no unsafe code of their own.</summary>
internal static class LaneSpan
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadAt<T>(this ReadOnlySpan<float> block, int index)
        where T : struct, ILane<T>
    {
        Debug.Assert((uint)index + T.Count <= (uint)block.Length, "lanes must lie in the block");
        return T.Load(in Unsafe.Add(ref MemoryMarshal.GetReference(block), index));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAt<T>(this T lanes, Span<float> block, int index)
        where T : struct, ILane<T>
    {
        Debug.Assert((uint)index + T.Count <= (uint)block.Length, "lanes must lie in the block");
        lanes.Store(ref Unsafe.Add(ref MemoryMarshal.GetReference(block), index));
    }
}
