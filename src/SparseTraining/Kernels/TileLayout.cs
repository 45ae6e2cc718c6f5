namespace SparseTraining.Kernels;

/// <summary>
/// How a batch is cut into tiles: blocks of samples that stay together through the whole network. It depends on the batch
/// size and the network's widest layer alone, never on the machine or its load, because sums over samples follow it.
/// </summary>
/// <param name="Width">Samples of a tile with its padding: 1, 4, 16, 32, 48 or 64.</param>
/// <param name="Count">Tiles of a full batch.</param>
/// <param name="LastWidth">The width of the last tile, which may be smaller.</param>
/// <remarks>
/// A block of activations is the tiles one after another, each [features, width]. Whole vectors in whole cache lines: a few
/// empty columns cost less than loads that cross lines.
/// </remarks>
internal readonly record struct TileLayout(int Width, int Count, int LastWidth)
{
    /// <summary>The widest tile: four registers of sixteen lanes for each of input, output and sums.</summary>
    public const int LargestWidth = 64;

    /// <summary>
    /// From here on a batch gives two tiles or more, so that two threads share it, unless layers are wide. A batch of 32 is one tile: two
    /// of 16 take as long on two threads, and a third longer on one.
    /// </summary>
    private const int SmallestSplit = 33;

    /// <summary>
    /// From this width on tiles are as wide as they can be, and threads share the rows of a layer instead: activations then lie
    /// beyond the caches, and each tile waits for its rows again (measured: at 80,000 and 250,000 neurons a step of 64 samples
    /// takes 11 to 25 % less time in one tile than in two).
    /// </summary>
    private const int SmallestWide = 1 << 16;

    /// <summary>The layout of a batch.</summary>
    /// <param name="batchSize">Samples of a full batch.</param>
    /// <param name="widest">The most neurons of any layer, inputs included.</param>
    public static TileLayout For(int batchSize, int widest)
    {
        int count = (batchSize - 1) / LargestWidth + 1;
        if (batchSize >= SmallestSplit && widest < SmallestWide)
        {
            count += count & 1;
        }

        int width = PaddedWidth((batchSize - 1) / count + 1);
        count = (batchSize - 1) / width + 1;
        return new TileLayout(width, count, PaddedWidth(batchSize - (count - 1) * width));
    }

    /// <summary>The width of a tile that holds so many samples, at most <see cref="LargestWidth"/>.</summary>
    public static int PaddedWidth(int samples) => samples <= 1 ? 1 : samples <= 4 ? 4 : (samples + 15) & ~15;

    /// <summary>Tiles that a batch of fewer samples fills.</summary>
    public int Used(int samples) => (samples + Width - 1) / Width;

    /// <summary>The width of a tile.</summary>
    public int WidthOf(int tile) => tile == Count - 1 ? LastWidth : Width;

    /// <summary>Values in the first tiles of a block.</summary>
    public long Length(int features, int tiles) => tiles == 0 ? 0 : (long)features * ((tiles - 1) * Width + WidthOf(tiles - 1));

    /// <summary>One tile of a block.</summary>
    public Span<float> Tile(Span<float> block, int tile, int features) =>
        block.Slice(tile * features * Width, features * WidthOf(tile));

    /// <summary>One tile of a block.</summary>
    public ReadOnlySpan<float> Tile(ReadOnlySpan<float> block, int tile, int features) =>
        block.Slice(tile * features * Width, features * WidthOf(tile));
}
