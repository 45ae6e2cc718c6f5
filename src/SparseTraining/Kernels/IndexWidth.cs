using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>Reads an index of either width as an offset; the JIT keeps only the branch of its type.</summary>
internal static class IndexWidth
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint ToOffset<TIndex>(TIndex index)
        where TIndex : unmanaged =>
        typeof(TIndex) == typeof(ushort) ? Unsafe.BitCast<TIndex, ushort>(index) : Unsafe.BitCast<TIndex, int>(index);

    /// <summary>Four indices that lie next to each other. Those of 16 bits come with one load, since the number of loads is what bounds most kernels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (nint First, nint Second, nint Third, nint Fourth) FourOffsets<TIndex>(ref TIndex indices)
        where TIndex : unmanaged
    {
        if (typeof(TIndex) == typeof(ushort) && BitConverter.IsLittleEndian)
        {
            ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<TIndex, byte>(ref indices));
            return ((nint)(ushort)four, (nint)(ushort)(four >> 16), (nint)(ushort)(four >> 32), (nint)(four >> 48));
        }

        return (
            ToOffset(indices), ToOffset(Unsafe.Add(ref indices, 1)), ToOffset(Unsafe.Add(ref indices, 2)), ToOffset(Unsafe.Add(ref indices, 3)));
    }
}
