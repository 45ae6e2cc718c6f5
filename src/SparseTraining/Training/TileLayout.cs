namespace SparseTraining.Training;

/// <summary>
/// How a batch is cut into tiles: blocks of samples that go through the whole network on one thread. It depends on the
/// batch size alone, never on the machine, because sums over samples follow it.
/// </summary>
internal readonly record struct TileLayout(int Width, int Count)
{
    /// <summary>The widest tile: at 1,000 neurons a layer's activations then still fit a 512 KB cache.</summary>
    private const int LargestTile = 64;

    /// <summary>From here on a batch gives two tiles, so that two threads share it.</summary>
    private const int SmallestSplit = 32;

    public static TileLayout For(int batchSize)
    {
        int count = (batchSize + LargestTile - 1) / LargestTile;
        if (batchSize >= SmallestSplit)
        {
            count += count & 1;
        }

        int samples = (batchSize + count - 1) / count;
        int width = samples <= 1 ? 1 : samples <= 4 ? 4 : (samples + 7) & ~7;
        return new TileLayout(width, (batchSize + width - 1) / width);
    }

    /// <summary>Tiles that a batch of fewer samples fills.</summary>
    public int Used(int samples) => (samples + Width - 1) / Width;
}
