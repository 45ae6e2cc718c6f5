using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Kernels;

/// <summary>
/// Inverted dropout: multiplies each activation by 0 with probability p, else by 1 / (1 − p). The choice is a hash of
/// the neuron, the sample and a key per layer and step, so the backward pass finds the same mask again without storing
/// it, and no thread or tile order can change it.
/// </summary>
/// <remarks>
/// Lanes: samples; integers only, so every instruction set gives the same mask. The hash is a 32-bit finalizer with two
/// multiplications ("lowbias32", C. Wellons), good enough that rows, samples and keys are uncorrelated.
/// </remarks>
internal static class Dropout
{
    private const uint SampleFactor = 0x9e3779b9u;

    /// <summary>Applies the mask to rows [firstRow, …) of a block in place.</summary>
    /// <param name="block">[rows × width], rows from <paramref name="firstRow"/>.</param>
    /// <param name="width">Samples in a row of the block.</param>
    /// <param name="firstRow">The neuron of the block's first row.</param>
    /// <param name="firstSample">The position in the batch of the block's first sample.</param>
    /// <param name="rate">p, in (0, 1).</param>
    /// <param name="key">Fixed for one layer in one step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Span<float> block, int width, int firstRow, int firstSample, float rate, ulong key)
    {
        uint threshold = (uint)(rate * 4294967296.0);
        float scale = KeptScale(rate);
        ref float values = ref MemoryMarshal.GetReference(block);
        uint start = (uint)firstSample * SampleFactor;
        for (int row = 0; row < block.Length / width; row++)
        {
            uint rowKey = Hash((uint)key ^ Hash((uint)(firstRow + row) ^ (uint)(key >> 32)));
            int s = 0;
            if (Vector512.IsHardwareAccelerated)
            {
                Vector512<uint> samples = Vector512<uint>.Indices * SampleFactor + Vector512.Create(start);
                for (; s + 16 <= width; s += 16)
                {
                    Vector512<uint> hash = Hash(samples ^ Vector512.Create(rowKey));
                    Vector512<float> kept = Vector512.GreaterThanOrEqual(hash, Vector512.Create(threshold)).AsSingle();
                    (Vector512.LoadUnsafe(ref values, (nuint)s) * scale & kept).StoreUnsafe(ref values, (nuint)s);
                    samples += Vector512.Create(unchecked(16 * SampleFactor));
                }
            }

            for (; s + 8 <= width; s += 8)
            {
                Vector256<uint> samples = Vector256<uint>.Indices * SampleFactor + Vector256.Create(start + (uint)s * SampleFactor);
                Vector256<uint> hash = Hash(samples ^ Vector256.Create(rowKey));
                Vector256<float> kept = Vector256.GreaterThanOrEqual(hash, Vector256.Create(threshold)).AsSingle();
                (Vector256.LoadUnsafe(ref values, (nuint)s) * scale & kept).StoreUnsafe(ref values, (nuint)s);
            }

            for (; s + 4 <= width; s += 4)
            {
                Vector128<uint> samples = Vector128<uint>.Indices * SampleFactor + Vector128.Create(start + (uint)s * SampleFactor);
                Vector128<uint> hash = Hash(samples ^ Vector128.Create(rowKey));
                Vector128<float> kept = Vector128.GreaterThanOrEqual(hash, Vector128.Create(threshold)).AsSingle();
                (Vector128.LoadUnsafe(ref values, (nuint)s) * scale & kept).StoreUnsafe(ref values, (nuint)s);
            }

            for (; s < width; s++)
            {
                // No branch: nothing could predict it.
                uint dropped = (uint)(((long)Hash((start + (uint)s * SampleFactor) ^ rowKey) - threshold) >> 63);
                ref float value = ref Unsafe.Add(ref values, s);
                value = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value * scale) & ~dropped);
            }

            values = ref Unsafe.Add(ref values, width);
        }
    }

    /// <summary>1 / (1 − p): what <see cref="Apply"/> multiplies those by that it keeps.</summary>
    public static float KeptScale(float rate) => 1f / (1f - rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x = (x ^ (x >> 15)) * 0x846ca68bu;
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Hash(Vector128<uint> x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x = (x ^ (x >> 15)) * 0x846ca68bu;
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Hash(Vector256<uint> x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x = (x ^ (x >> 15)) * 0x846ca68bu;
        return x ^ (x >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Hash(Vector512<uint> x)
    {
        x = (x ^ (x >> 16)) * 0x7feb352du;
        x = (x ^ (x >> 15)) * 0x846ca68bu;
        return x ^ (x >> 16);
    }
}
