using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>What every product of links with a feature-major block consists of.</summary>
internal static class LinkProduct
{
    /// <summary>sum + values[entry] · x[indices[entry]], for as many samples as a group has lanes.</summary>
    /// <param name="indices">The row of x that each entry reads.</param>
    /// <param name="values">The weights.</param>
    /// <param name="x">[inputs, width], from the group's first sample on.</param>
    /// <param name="width">Samples.</param>
    /// <param name="entry">The link.</param>
    /// <param name="sum">What to add to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T, TIndex>(ref TIndex indices, ref float values, ref float x, nint width, nint entry, T sum)
        where T : struct, ILane<T>
        where TIndex : unmanaged =>
        T.MultiplyAdd(
            T.Broadcast(Unsafe.Add(ref values, entry)),
            in Unsafe.Add(ref x, IndexWidth.ToOffset(Unsafe.Add(ref indices, entry)) * width),
            sum);

    /// <summary>The same for four links, one after another: one load brings four indices of 16 bits, since the number of loads is what bounds the loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T AddFour<T>(ref ushort indices, ref float values, ref float x, nint width, nint entry, T sum)
        where T : struct, ILane<T>
    {
        ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref indices, entry)));
        nint end = entry + 4;
        do
        {
            sum = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref values, entry)), in Unsafe.Add(ref x, (nint)(ushort)four * width), sum);
            four >>= 16;
            entry++;
        }
        while (entry < end);
        return sum;
    }
}
