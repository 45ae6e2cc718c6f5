using SparseTraining.Randomness;

namespace SparseTraining.Initialization;

/// <summary>How many of a number of independent trials succeed.</summary>
internal static class BinomialDistribution
{
    /// <summary>Terms this much smaller than the largest are beyond what 53 random bits can reach.</summary>
    private const double Negligible = 1e-30;

    /// <summary>Draws a number of successes by inversion, in O(√(trials · probability)) time.</summary>
    /// <remarks>
    /// The probabilities come from the ratio of neighbouring terms, outwards from the most likely number, relative to
    /// that one. Only + − × ÷ are used, so that every platform gives the same numbers; the rounding errors change a
    /// probability by less than one part in 10⁹ of it.
    /// </remarks>
    /// <param name="trials">The number of trials, at least 1.</param>
    /// <param name="probability">The probability of success of each, in (0, 1].</param>
    /// <param name="random">The source of randomness; one draw is taken.</param>
    /// <returns>A number in [0, <paramref name="trials"/>].</returns>
    public static long Draw(long trials, double probability, RandomGenerator random)
    {
        double uniform = random.NextDouble();
        if (probability >= 1)
        {
            return trials;
        }

        double odds = probability / (1 - probability);
        long mode = Math.Min((long)(((double)trials + 1) * probability), trials);
        double sum = 0;
        Walk(trials, odds, mode, term =>
        {
            sum += term.Weight;
            return true;
        });

        double target = uniform * sum;
        double reached = 0;
        long result = mode;
        Walk(trials, odds, mode, term =>
        {
            reached += term.Weight;
            result = term.Successes;
            return reached <= target;
        });

        return result;
    }

    /// <summary>Visits the most likely number, those above it, then those below it, until told to stop.</summary>
    private static void Walk(long trials, double odds, long mode, Func<(long Successes, double Weight), bool> visit)
    {
        double weight = 1;
        for (long k = mode; k <= trials && weight > Negligible; k++)
        {
            if (!visit((k, weight)))
            {
                return;
            }

            weight *= (trials - k) / (k + 1.0) * odds;
        }

        weight = 1;
        for (long k = mode; k > 0 && weight > Negligible; k--)
        {
            weight *= k / ((trials - k + 1.0) * odds);
            if (!visit((k - 1, weight)))
            {
                return;
            }
        }
    }
}
