using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>Reads an index of either width as an offset; the JIT keeps only the branch of its type.</summary>
internal static class IndexWidth
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint ToOffset<TIndex>(TIndex index)
        where TIndex : unmanaged =>
        typeof(TIndex) == typeof(ushort) ? Unsafe.BitCast<TIndex, ushort>(index) : Unsafe.BitCast<TIndex, int>(index);
}
