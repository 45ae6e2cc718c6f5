using System.Runtime.CompilerServices;
using SparseTraining.Topology;

namespace SparseTraining.Evolution;

/// <summary>Picks the lowest of many scores without sorting them.</summary>
internal static class LowestSelection
{
    /// <summary>round(ζ n), halves upwards.</summary>
    public static int Count(double zeta, int links) => (int)Math.Round(zeta * links, MidpointRounding.AwayFromZero);

    /// <summary>Clears the flags of the <paramref name="count"/> lowest scores; of equal scores the first go. O(n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Prune(ReadOnlySpan<float> scores, int count, Span<bool> keep)
    {
        if (count == 0)
        {
            return;
        }

        float[] rearranged = LinkScratch.Rent<float>(scores.Length);
        scores.CopyTo(rearranged);
        float threshold = NthLowest(rearranged.AsSpan(0, scores.Length), count - 1);
        LinkScratch.Return(rearranged);
        int ties = count;
        for (int i = 0; i < scores.Length; i++)
        {
            // Without a branch: nothing predicts which links are kept.
            bool stays = !(scores[i] < threshold);
            keep[i] &= stays;
            ties -= stays ? 0 : 1;
        }

        for (int i = 0; i < scores.Length && ties > 0; i++)
        {
            if (scores[i] == threshold)
            {
                keep[i] = false;
                ties--;
            }
        }
    }

    /// <summary>
    /// The element that would stand at <paramref name="index"/> after sorting. Hoare's selection with a median-of-three
    /// pivot; both scans stop at equal elements, so many equal scores cost nothing extra.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float NthLowest(Span<float> items, int index)
    {
        int low = 0;
        int high = items.Length - 1;
        while (low < high)
        {
            float pivot = MedianOfThree(items[low], items[low + (high - low) / 2], items[high]);
            int i = low;
            int j = high;
            while (i <= j)
            {
                while (items[i] < pivot)
                {
                    i++;
                }

                while (items[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (items[i], items[j]) = (items[j], items[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                high = j;
            }
            else if (index >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return items[index];
    }

    private static float MedianOfThree(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
