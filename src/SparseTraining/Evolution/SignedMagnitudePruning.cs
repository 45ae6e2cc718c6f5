namespace SparseTraining.Evolution;

/// <summary>The round(ζ n⁺) smallest positive and the round(ζ n⁻) negative weights closest to zero go.</summary>
internal sealed class SignedMagnitudePruning : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        PruneSign(context, keep, negative: false);
        PruneSign(context, keep, negative: true);
    }

    private static void PruneSign(in PruneContext context, Span<bool> keep, bool negative)
    {
        ReadOnlySpan<float> values = context.Values;
        var links = new int[keep.Length];
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 == negative)
            {
                links[count++] = i;
            }
        }

        var magnitudes = new float[count];
        for (int i = 0; i < count; i++)
        {
            magnitudes[i] = Math.Abs(values[links[i]]);
        }

        var keepSign = new bool[count];
        Array.Fill(keepSign, true);
        LowestSelection.Prune(magnitudes, LowestSelection.Count(context.Zeta, count), keepSign);
        for (int i = 0; i < count; i++)
        {
            keep[links[i]] &= keepSign[i];
        }
    }
}
