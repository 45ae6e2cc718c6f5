using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparseTraining.Kernels;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>
/// How fast memory gives what a random topology asks for: whole rows of a block in random order, read by a loop that only
/// adds them up.
/// </summary>
internal static class ReadSpeed
{
    private const int RowsAtOnce = 1 << 18;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    /// <summary>Gigabytes a second on one thread: the best of several rounds.</summary>
    /// <param name="block">[rows, rowLength].</param>
    /// <param name="rowLength">A multiple of 16.</param>
    /// <param name="rows">How many rows there are.</param>
    public static double Measure(AlignedBuffer block, int rowLength, int rows)
    {
        var random = new RandomGenerator(5);
        var order = new int[RowsAtOnce];
        Vector512<float> sum = default;
        double best = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            // A new order for each round, so that a large block is not read where the last round left it in the cache.
            foreach (ref int row in order.AsSpan())
            {
                row = random.Next(rows);
            }

            long round = Stopwatch.GetTimestamp();
            sum += Sum(block.Span, order, rowLength);
            best = Math.Max(best, (double)RowsAtOnce * rowLength * sizeof(float) / 1e9 / Stopwatch.GetElapsedTime(round).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(start) < Least);

        GC.KeepAlive(sum);
        return best;
    }

    /// <remarks>Few instructions a row, so that the processor has as many rows under way as it can.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Sum(ReadOnlySpan<float> block, int[] order, int rowLength)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        ref float start = ref MemoryMarshal.GetReference(block);
        foreach (int row in order)
        {
            ref float values = ref Unsafe.Add(ref start, (nint)row * rowLength);
            a += Vector512.LoadUnsafe(ref values);
            if (rowLength > 16)
            {
                b += Vector512.LoadUnsafe(ref values, 16);
            }

            if (rowLength > 32)
            {
                c += Vector512.LoadUnsafe(ref values, 32);
                d += Vector512.LoadUnsafe(ref values, (nuint)rowLength - 16);
            }
        }

        return a + b + (c + d);
    }
}
