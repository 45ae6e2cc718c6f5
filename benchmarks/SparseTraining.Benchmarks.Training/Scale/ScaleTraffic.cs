namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>What a step of a square sparse layer with momentum asks of memory, counted from how the kernels walk, per link.</summary>
internal static class ScaleTraffic
{
    private const int Line = 64;

    /// <summary>Rows of activations and gradients that a link reads at a random place: forward and backward, each all samples.</summary>
    public static double RandomRows(int batchSize) => 2.0 * sizeof(float) * batchSize;

    /// <summary>
    /// Whole cache lines for single numbers at random places: the weight that the backward pass gathers, and its gradient,
    /// read and written back. They count where the links' arrays fit no cache.
    /// </summary>
    public static double RandomLines => 3.0 * Line;

    /// <summary>
    /// What is read or written in order: weight and column by every tile forward, number and row of the link backward, gradient,
    /// weight and velocity in the update; and, shared by a neuron's links, the blocks themselves.
    /// </summary>
    public static double InOrder(ScalePoint point, int batchSize)
    {
        int tiles = batchSize / point.TileWidth;
        int index = point.Neurons <= 65_536 ? sizeof(ushort) : sizeof(int);
        double links = tiles * (sizeof(float) + 2 * index) + 2 * sizeof(int) + 5 * sizeof(float);

        // Outputs and input gradients are written, which reads their lines first; inputs are read once more.
        double blocks = 5.0 * sizeof(float) * batchSize * point.Neurons / point.Links;
        return links + blocks;
    }

    /// <summary>All together.</summary>
    public static double Total(ScalePoint point, int batchSize) => RandomRows(batchSize) + RandomLines + InOrder(point, batchSize);

    /// <summary>What the random rows alone take at the measured speed; nanoseconds.</summary>
    public static double ReadNanoseconds(ScalePoint point, int batchSize) => RandomRows(batchSize) / point.ReadGigabytesPerSecond;
}
