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
    /// <summary>Applies the mask to rows [firstRow, …) of a block in place.</summary>
    /// <param name="block">[rows × width], rows from <paramref name="firstRow"/>.</param>
    /// <param name="width">Samples in a row of the block.</param>
    /// <param name="firstRow">The neuron of the block's first row.</param>
    /// <param name="firstSample">The position in the batch of the block's first sample.</param>
    /// <param name="rate">p, in (0, 1).</param>
    /// <param name="key">Fixed for one layer in one step.</param>
    public static void Apply(Span<float> block, int width, int firstRow, int firstSample, float rate, ulong key)
    {
        uint threshold = (uint)(rate * 4294967296.0);
        float scale = 1f / (1f - rate);
        Vector256<uint> thresholds = Vector256.Create(threshold);
        Vector256<float> scales = Vector256.Create(scale);
        ref float start = ref MemoryMarshal.GetReference(block);
        int rows = block.Length / width;
        for (int row = 0; row < rows; row++)
        {
            uint rowKey = Hash((uint)key ^ Hash((uint)(firstRow + row) ^ (uint)(key >> 32)));
            ref float values = ref Unsafe.Add(ref start, (nint)row * width);
            int s = 0;
            Vector256<uint> sample = Vector256<uint>.Indices + Vector256.Create((uint)firstSample);
            for (; s + 8 <= width; s += 8)
            {
                Vector256<float> kept = Vector256.GreaterThanOrEqual(Hash(sample * 0x9e3779b9u ^ Vector256.Create(rowKey)), thresholds).AsSingle();
                (Vector256.LoadUnsafe(ref values, (nuint)s) * scales & kept).StoreUnsafe(ref values, (nuint)s);
                sample += Vector256.Create(8u);
            }

            for (; s < width; s++)
            {
                bool kept = Hash((uint)(firstSample + s) * 0x9e3779b9u ^ rowKey) >= threshold;
                ref float value = ref Unsafe.Add(ref values, s);
                value = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value * scale) & (kept ? uint.MaxValue : 0u));
            }
        }
    }

    private static uint Hash(uint x)
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
}
