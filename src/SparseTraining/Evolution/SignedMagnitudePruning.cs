using System.Runtime.CompilerServices;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>The round(ζ n⁺) smallest positive and the round(ζ n⁻) negative weights closest to zero go.</summary>
internal sealed class SignedMagnitudePruning : IPruneCriterion
{
    public void Prune(in PruneContext context, Span<bool> keep)
    {
        PruneSign(context, keep, negative: false);
        PruneSign(context, keep, negative: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PruneSign(in PruneContext context, Span<bool> keep, bool negative)
    {
        ReadOnlySpan<float> values = context.Values;
        int[] links = LinkScratch.Rent<int>(values.Length);
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            // Without a branch: signs are as good as random.
            links[count] = i;
            count += values[i] < 0 == negative ? 1 : 0;
        }

        float[] magnitudes = LinkScratch.Rent<float>(count);
        bool[] keepSign = LinkScratch.Rent<bool>(count);
        for (int i = 0; i < count; i++)
        {
            magnitudes[i] = Math.Abs(values[links[i]]);
            keepSign[i] = true;
        }

        LowestSelection.Prune(magnitudes.AsSpan(0, count), LowestSelection.Count(context.Zeta, count), keepSign.AsSpan(0, count));
        for (int i = 0; i < count; i++)
        {
            keep[links[i]] &= keepSign[i];
        }

        LinkScratch.Return(links);
        LinkScratch.Return(magnitudes);
        LinkScratch.Return(keepSign);
    }
}
