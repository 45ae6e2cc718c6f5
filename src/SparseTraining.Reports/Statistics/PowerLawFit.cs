using SparseTraining.Randomness;

namespace SparseTraining.Reports.Statistics;

/// <summary>
/// A discrete power law fitted to the upper part of a set of degrees, after Clauset, Shalizi and Newman, SIAM Review 51, 2009:
/// P(X = x) = x⁻ᵅ / ζ(α, m) for x ≥ m.
/// </summary>
/// <remarks>
/// α is the estimate of maximum likelihood for a given m; m is the value whose tail lies closest to its law by the
/// Kolmogorov–Smirnov distance, among at most 25 values evenly spread over those that leave at least 20 degrees of at
/// least 4 different values. Whether a power law is plausible at all is what <see cref="PValue"/> says: the fit alone
/// always finds some α.
/// </remarks>
public sealed record PowerLawFit
{
    /// <summary>From this p-value on a power law is plausible, as Clauset, Shalizi and Newman suggest.</summary>
    public const double PlausibleFrom = 0.1;

    private const int MostCandidates = 25;
    private const int FewestInTail = 20;
    private const int FewestDifferent = 4;

    private PowerLawFit(PowerLawTail tail, int count, double pValue)
    {
        Exponent = tail.Exponent;
        StandardError = tail.StandardError();
        Minimum = tail.Minimum;
        Distance = tail.Distance;
        TailCount = tail.Count;
        Count = count;
        PValue = pValue;
    }

    /// <summary>α.</summary>
    public double Exponent { get; }

    /// <summary>The standard error of α, for large tails.</summary>
    public double StandardError { get; }

    /// <summary>m: the law holds from this degree on.</summary>
    public int Minimum { get; }

    /// <summary>The Kolmogorov–Smirnov distance between the tail and its law, in [0, 1].</summary>
    public double Distance { get; }

    /// <summary>Degrees from m on.</summary>
    public int TailCount { get; }

    /// <summary>All degrees above 0.</summary>
    public int Count { get; }

    /// <summary>
    /// The share of sets drawn from the fitted law (below m, from the data) whose own fit is at least as far off; NaN where no
    /// set was drawn. Small values speak against a power law.
    /// </summary>
    public double PValue { get; }

    /// <summary>Fits a power law.</summary>
    /// <param name="degrees">The degrees; those that are 0 are left out.</param>
    /// <param name="resamples">Sets to draw for the p-value, in [0, 10000]; its standard error is at most 0.5 / √resamples.</param>
    /// <param name="seed">The seed of these sets.</param>
    /// <returns>The fit, or <see langword="null"/> where there are too few degrees, or too few different ones.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="resamples"/> is out of range.</exception>
    public static PowerLawFit? Fit(ReadOnlySpan<int> degrees, int resamples = 0, ulong seed = 1)
    {
        if (resamples is < 0 or > 10_000)
        {
            throw new ArgumentOutOfRangeException(nameof(resamples), resamples, "The number of sets must lie in [0, 10000].");
        }

        ValueCounts counts = ValueCounts.Of(degrees);
        return Best(counts) is { } tail
            ? new PowerLawFit(tail, counts.Total, PValueOf(tail, counts, resamples, RandomGenerator.Named(seed, "power law")))
            : null;
    }

    /// <summary>The probability of a degree of at least <paramref name="degree"/> among those from <see cref="Minimum"/> on.</summary>
    /// <param name="degree">At least <see cref="Minimum"/>.</param>
    /// <returns>The probability, 1 at <see cref="Minimum"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degree"/> is below <see cref="Minimum"/>.</exception>
    public double AtLeast(double degree) => degree >= Minimum
        ? new PowerLawTail(Exponent, Minimum, TailCount, Distance).AtLeast(degree)
        : throw new ArgumentOutOfRangeException(nameof(degree), degree, $"The law begins at {Minimum}.");

    private static PowerLawTail? Best(ValueCounts counts)
    {
        int tail = 0;
        int candidates = 0;
        for (int i = counts.Values.Length - 1; i >= 0; i--)
        {
            tail += counts.Counts[i];
            if (tail >= FewestInTail && i <= counts.Values.Length - FewestDifferent)
            {
                candidates = i + 1;
                break;
            }
        }

        PowerLawTail? best = null;
        int tried = Math.Min(candidates, MostCandidates);
        for (int k = 0; k < tried; k++)
        {
            int first = (int)((long)k * candidates / tried);
            PowerLawTail fit = PowerLawTail.Fit(counts, first);
            best = best is null || fit.Distance < best.Value.Distance ? fit : best;
        }

        return best;
    }

    private static double PValueOf(PowerLawTail tail, ValueCounts counts, int resamples, RandomGenerator random)
    {
        if (resamples == 0)
        {
            return double.NaN;
        }

        int[] below = [.. counts.Values.TakeWhile(value => value < tail.Minimum).SelectMany((value, i) => Enumerable.Repeat(value, counts.Counts[i]))];
        var sampler = new PowerLawSampler(tail.Exponent, tail.Minimum);
        var sample = new int[counts.Total];
        int fartherOff = 0;
        for (int k = 0; k < resamples; k++)
        {
            for (int i = 0; i < sample.Length; i++)
            {
                int place = random.Next(counts.Total);
                sample[i] = place < below.Length ? below[place] : sampler.Next(random);
            }

            fartherOff += Best(ValueCounts.Of(sample)) is { } fit && fit.Distance >= tail.Distance ? 1 : 0;
        }

        return (double)fartherOff / resamples;
    }
}
