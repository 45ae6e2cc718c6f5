using System.Numerics;
using SparseTraining.Kernels;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>
/// Where the links of each row pass from one block of columns to the next, for forward passes over more inputs than the cache
/// holds: those of one block stay cached while all links to them are computed. With 100,000 inputs, 1000 outputs and ε = 20 that takes
/// 0.4 of the time.
/// </summary>
internal sealed class ColumnBlocks
{
    /// <summary>Columns of a block: with 64 samples 512 KiB, half of a usual second-level cache.</summary>
    private const int BlockColumns = 1 << 11;

    /// <summary>Values of x that need no blocks (768 KiB).</summary>
    private const int CachedValues = 3 << 16;

    /// <summary>
    /// The fewest links that a row has in a block on average; with fewer, reading and writing the row's sums for each block takes more than
    /// the cached reads save.
    /// </summary>
    private const int FewestSegmentLinks = 16;

    private readonly WeightMask _mask;
    private readonly int[][] _cuts;

    /// <summary>Cuts the rows of a mask where blocks pay at all.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="fewestLinks">The fewest links that a row may have in a block on average.</param>
    public ColumnBlocks(WeightMask mask, int fewestLinks = FewestSegmentLinks)
    {
        _mask = mask;
        int count = Math.Min((mask.Columns + BlockColumns - 1) / BlockColumns, mask.LinkCount / mask.Rows / fewestLinks);
        int columns = (mask.Columns + count - 1) / Math.Max(count, 1);
        _cuts = new int[Math.Max(count - 1, 0)][];
        for (int cut = 0; cut < _cuts.Length; cut++)
        {
            _cuts[cut] = Cut(mask, cut == 0 ? mask.RowPointers : _cuts[cut - 1], (cut + 1) * columns);
        }
    }

    /// <summary>Blocks that large inputs are cut into; 1 where one pass is as fast.</summary>
    public int Count => _cuts.Length + 1;

    /// <summary>For each row the first link of a block.</summary>
    public ReadOnlySpan<int> Starts(int block) => block == 0 ? _mask.RowPointers[..^1] : _cuts[block - 1];

    /// <summary>For each row one past the last link of a block.</summary>
    public ReadOnlySpan<int> Ends(int block) => block == Count - 1 ? _mask.RowPointers[1..] : _cuts[block];

    /// <summary>Bytes of the cuts.</summary>
    public long Bytes => sizeof(int) * _cuts.Sum(cut => cut.LongLength);

    /// <summary>Whether these inputs, [columns, width], are taken in blocks.</summary>
    public bool AreTakenFor(ReadOnlySpan<float> x) => Count > 1 && x.Length > CachedValues;

    /// <summary>y = bias + W x, for some rows: the same sums in the same order as <see cref="SpMM"/>, block after block.</summary>
    public void Multiply(
        ReadOnlySpan<float> values, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, Span<float> y, int width, int firstRow, int rowCount)
    {
        var columns = new IndexSpan(_mask.NarrowColumns, _mask.WideColumns);
        int last = AreTakenFor(x) ? Count - 1 : 0;
        for (int block = 0; block <= last; block++)
        {
            ReadOnlySpan<int> ends = block == last ? _mask.RowPointers[1..] : Ends(block);
            SpMM.Multiply(Starts(block), ends, columns, values, 0, bias, x, y, add: block > 0, width, firstRow, rowCount);
        }
    }

    /// <summary>For each row its first link, from a given one on, whose column is not below the limit.</summary>
    private static int[] Cut(WeightMask mask, ReadOnlySpan<int> from, int limit) =>
        mask.HasNarrowColumns ? Cut<ushort>(mask, from, limit) : Cut<int>(mask, from, limit);

    private static int[] Cut<TColumn>(WeightMask mask, ReadOnlySpan<int> from, int limit)
        where TColumn : unmanaged, IBinaryInteger<TColumn>
    {
        ReadOnlySpan<TColumn> columns = mask.ColumnIndices<TColumn>();
        var cut = new int[mask.Rows];
        for (int row = 0; row < cut.Length; row++)
        {
            int link = from[row];
            int end = mask.RowPointers[row + 1];
            while (link < end && int.CreateTruncating(columns[link]) < limit)
            {
                link++;
            }

            cut[row] = link;
        }

        return cut;
    }
}
