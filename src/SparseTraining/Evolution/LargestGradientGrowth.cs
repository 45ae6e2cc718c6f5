using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>
/// Growth where |∂L/∂w| is largest. The gradient is seen a row at a time; a heap of the best positions so far is all
/// that is kept. Of equal gradients the position that comes first by row and column is taken.
/// </summary>
internal sealed class LargestGradientGrowth : IGrowCriterion
{
    public bool NeedsGradient => true;

    public WeightMask Grow(in GrowContext context)
    {
        WeightMask excluded = context.Excluded;
        IDenseGradient gradient = context.Gradient
            ?? throw new InvalidOperationException("Growth by gradient needs the dense gradient of the layer.");
        var best = new PriorityQueue<Link, (float Magnitude, long Order)>();
        var row = new float[excluded.Columns];
        var taken = new int[excluded.Columns];
        for (int r = 0; r < excluded.Rows; r++)
        {
            gradient.ComputeRow(r, row);
            int count = excluded.RowLinkCount(r);
            excluded.CopyColumns(r, taken);
            int next = 0;
            for (int c = 0; c < row.Length; c++)
            {
                if (next < count && taken[next] == c)
                {
                    next++;
                    continue;
                }

                var priority = (Math.Abs(row[c]), -((long)r * row.Length + c));
                if (best.Count < context.Count)
                {
                    best.Enqueue(new Link(r, c), priority);
                }
                else
                {
                    best.EnqueueDequeue(new Link(r, c), priority);
                }
            }
        }

        if (best.Count < context.Count)
        {
            throw new InvalidOperationException(
                $"{context.Count} links are to be grown, but the layer has only {best.Count} free positions.");
        }

        return WeightMask.FromLinks(excluded.Rows, excluded.Columns, best.UnorderedItems.Select(item => item.Element));
    }
}
