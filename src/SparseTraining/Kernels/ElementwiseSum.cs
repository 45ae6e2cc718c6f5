using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>Sums of a function of two arrays, in an order that is the same on every machine.</summary>
/// <remarks>
/// Sixteen partial sums always, however wide the hardware is: partial sum k takes the elements k, k + 16, k + 32 … in
/// turn, then the upper half is added to the lower one until one is left. A last group that is not full is filled up
/// with zeros, for which the function must give 0.
/// </remarks>
internal static class ElementwiseSum
{
    private const int Partials = 16;

    /// <summary>Σ operation(first[i], second[i]).</summary>
    public static float Of<TOperation>(TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        where TOperation : struct, IBinaryOperation
    {
        ElementwiseChecks.ThrowIfLengthDiffers(first.Length, second.Length, nameof(first), nameof(second));
        if (Vector512.IsHardwareAccelerated)
        {
            return Of<TOperation, Lane512>(operation, first, second);
        }

        return Vector256.IsHardwareAccelerated
            ? Of<TOperation, Join<Lane256, Lane256>>(operation, first, second)
            : Of<TOperation, Join<Join<Lane128, Lane128>, Join<Lane128, Lane128>>>(operation, first, second);
    }

    /// <summary>The sum with a chosen group of sixteen floats; the tests compare the groups through it.</summary>
    public static float Of<TOperation, TLane>(
        TOperation operation, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        where TOperation : struct, IBinaryOperation
        where TLane : struct, ILane<TLane>
    {
        ref float x = ref MemoryMarshal.GetReference(first);
        ref float y = ref MemoryMarshal.GetReference(second);
        TLane sum = TLane.Broadcast(0f);
        int offset = 0;
        for (; offset <= first.Length - Partials; offset += Partials)
        {
            sum += operation.Invoke(
                TLane.Load(in Unsafe.Add(ref x, offset)), TLane.Load(in Unsafe.Add(ref y, offset)));
        }

        Span<float> buffer = stackalloc float[2 * Partials];
        if (offset < first.Length)
        {
            buffer.Clear();
            first[offset..].CopyTo(buffer);
            second[offset..].CopyTo(buffer[Partials..]);
            sum += operation.Invoke(TLane.Load(in buffer[0]), TLane.Load(in buffer[Partials]));
        }

        sum.Store(ref buffer[0]);
        for (int half = Partials / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                buffer[i] += buffer[i + half];
            }
        }

        return buffer[0];
    }
}
