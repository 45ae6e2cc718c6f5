using System.Diagnostics;
using System.Numerics;
using SparseTraining.Kernels;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>
/// How fast memory gives what a random topology asks for: whole rows of a block in random order, read by a loop that only
/// adds them up. What no kernel on the same rows can beat.
/// </summary>
internal static class ReadSpeed
{
    private const int RowsAtOnce = 1 << 16;
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    /// <summary>Gigabytes a second on one thread: the best of several rounds.</summary>
    public static double Measure(AlignedBuffer block, int rowLength, int rows)
    {
        var random = new RandomGenerator(5);
        var order = new int[RowsAtOnce];
        var sink = default(Vector<float>);
        double best = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            // A new order for each round, so that large blocks are not read from where the last round left them.
            foreach (ref int row in order.AsSpan())
            {
                row = random.NextInt32(rows);
            }

            long round = Stopwatch.GetTimestamp();
            sink += Sum(block.Span, order, rowLength);
            best = Math.Max(best, (double)RowsAtOnce * rowLength * sizeof(float) / 1e9 / Stopwatch.GetElapsedTime(round).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(start) < Least);

        GC.KeepAlive(sink);
        return best;
    }

    private static Vector<float> Sum(ReadOnlySpan<float> block, int[] order, int rowLength)
    {
        Vector<float> a = default, b = default;
        foreach (int row in order)
        {
            ReadOnlySpan<float> values = block.Slice(row * rowLength, rowLength);
            for (int i = 0; i + 2 * Vector<float>.Count <= values.Length; i += 2 * Vector<float>.Count)
            {
                a += new Vector<float>(values[i..]);
                b += new Vector<float>(values[(i + Vector<float>.Count)..]);
            }
        }

        return a + b;
    }
}
