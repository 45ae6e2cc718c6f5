using System.Numerics;
using SparseTraining.Topology;

namespace SparseTraining.Persistence;

/// <summary>
/// The links of a mask: how many each column has (COLC), how many each row has (ROWC), and for each link how many columns
/// lie between it and the one before it in its row (LINK), all as varints.
/// </summary>
/// <remarks>
/// The counts of the columns check the topology, and pay a byte of file for every input neuron, so that the memory of a
/// reader stays in proportion to the file even where few links come from many neurons.
/// </remarks>
internal static class MaskSections
{
    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, WeightMask mask) => mask.HasNarrowColumns
        ? Write<ushort>(writer, mask)
        : Write<int>(writer, mask);

    /// <summary>Reads a mask of a shape and number of links that the section before has stated.</summary>
    public static IEnumerable<string> Read(SectionReader reader, int rows, int columns, int links, Action<WeightMask> done) =>
        columns <= WeightMask.NarrowLimit
            ? Read<ushort>(reader, rows, columns, links, done)
            : Read<int>(reader, rows, columns, links, done);

    private static IEnumerable<ReadOnlyMemory<byte>> Write<T>(SectionWriter writer, WeightMask mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        var counts = new int[mask.Columns];
        foreach (T column in mask.ColumnIndices<T>())
        {
            counts[int.CreateTruncating(column)]++;
        }

        int row = -1;
        int rowEnd = 0;
        int previous = -1;
        return Counts("COLC", counts.Length, i => counts[i])
            .Concat(Counts("ROWC", mask.Rows, mask.RowLinkCount))
            .Concat(ArrayBlocks.Write(writer, "LINK", mask.LinkCount, WriteGaps));

        IEnumerable<ReadOnlyMemory<byte>> Counts(string tag, int length, Func<int, int> count) =>
            ArrayBlocks.Write(writer, tag, length, (section, first, n) =>
            {
                for (int i = first; i < first + n; i++)
                {
                    section.Varint(count(i));
                }
            });

        void WriteGaps(SectionWriter section, int first, int count)
        {
            ReadOnlySpan<T> indices = mask.ColumnIndices<T>();
            for (int link = first; link < first + count; link++)
            {
                while (link == rowEnd)
                {
                    rowEnd = mask.RowPointers[++row + 1];
                    previous = -1;
                }

                int column = int.CreateTruncating(indices[link]);
                section.Varint(column - previous - 1);
                previous = column;
            }
        }
    }

    private static IEnumerable<string> Read<T>(SectionReader reader, int rows, int columns, int links, Action<WeightMask> done)
        where T : unmanaged, IBinaryInteger<T>
    {
        int[] columnCounts = [];
        int[] rowCounts = [];
        T[] indices = [];
        foreach (string tag in ArrayBlocks.Read<int>(reader, "COLC", columns, (r, _, counts) => ReadCounts(r, counts, rows), a => columnCounts = a))
        {
            yield return tag;
        }

        foreach (string tag in ArrayBlocks.Read<int>(reader, "ROWC", rows, (r, _, counts) => ReadCounts(r, counts, columns), a => rowCounts = a))
        {
            yield return tag;
        }

        long linksOfRows = rowCounts.Sum(count => (long)count);
        long linksOfColumns = columnCounts.Sum(count => (long)count);
        if (linksOfRows != links || linksOfColumns != links)
        {
            throw reader.Damaged($"rows have {linksOfRows} links and columns {linksOfColumns}; {links} are stated");
        }

        int row = -1;
        int left = 0;
        int previous = -1;
        foreach (string tag in ArrayBlocks.Read<T>(reader, "LINK", links, ReadGaps, a => indices = a))
        {
            yield return tag;
        }

        int wrong = Array.FindIndex(columnCounts, count => count != 0);
        if (wrong >= 0)
        {
            throw reader.Damaged($"column {wrong} does not have as many links as stated");
        }

        var pointers = new int[rows + 1];
        for (int i = 0; i < rows; i++)
        {
            pointers[i + 1] = pointers[i] + rowCounts[i];
        }

        done(WeightMask.FromTrusted(rows, columns, pointers, indices));

        void ReadGaps(SectionReader section, int first, Span<T> destination)
        {
            foreach (ref T index in destination)
            {
                while (left == 0)
                {
                    left = rowCounts[++row];
                    previous = -1;
                }

                // So far and no further: the links still to come in this row need a column each.
                previous += 1 + section.Int32(columns - previous - 1 - left, "a gap between links");
                columnCounts[previous]--;
                index = T.CreateTruncating(previous);
                left--;
            }
        }
    }

    private static void ReadCounts(SectionReader reader, Span<int> counts, int largest)
    {
        foreach (ref int count in counts)
        {
            count = reader.Int32(largest, "a number of links");
        }
    }
}
