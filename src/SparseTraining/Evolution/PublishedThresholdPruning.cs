namespace SparseTraining.Evolution;

/// <summary>The threshold rule of SET's published code, kept for comparison.</summary>
internal sealed class PublishedThresholdPruning : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        if (keep.IsEmpty)
        {
            return;
        }

        float[] sorted = context.Values.ToArray();
        Array.Sort(sorted);
        int first = 0;
        int last = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (Math.Abs(sorted[i]) < Math.Abs(sorted[first]))
            {
                first = i;
            }

            if (Math.Abs(sorted[i]) <= Math.Abs(sorted[last]))
            {
                last = i;
            }
        }

        int afterLast = last + 1;
        float largestNegative = sorted[(int)((1 - context.Zeta) * first)];
        float smallestPositive = sorted[(int)Math.Min(sorted.Length - 1, afterLast + context.Zeta * (sorted.Length - afterLast))];
        for (int i = 0; i < keep.Length; i++)
        {
            keep[i] = context.Values[i] < largestNegative || context.Values[i] > smallestPositive;
        }
    }
}
