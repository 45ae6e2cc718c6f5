namespace SparseTraining.Reports.Statistics;

/// <summary>A discrete power law P(X = x) = x⁻ᵅ / ζ(α, m) for x ≥ m, fitted to the values from m on.</summary>
/// <param name="Exponent">α.</param>
/// <param name="Minimum">m.</param>
/// <param name="Count">Values from m on.</param>
/// <param name="Distance">The largest difference between the distribution functions of values and law (Kolmogorov–Smirnov).</param>
internal readonly record struct PowerLawTail(double Exponent, int Minimum, int Count, double Distance)
{
    private const double SmallestExponent = 1.001;
    private const double LargestExponent = 50;
    private const double Tolerance = 1e-6;

    /// <summary>Fits the tail that begins at one of the values by maximum likelihood.</summary>
    /// <param name="counts">The values.</param>
    /// <param name="first">The index of m among the distinct values.</param>
    public static PowerLawTail Fit(ValueCounts counts, int first)
    {
        int minimum = counts.Values[first];
        int count = 0;
        double logSum = 0;
        for (int i = first; i < counts.Values.Length; i++)
        {
            count += counts.Counts[i];
            logSum += counts.Counts[i] * Math.Log(counts.Values[i]);
        }

        double exponent = Exponentiate(minimum, logSum / count);
        return new PowerLawTail(exponent, minimum, count, DistanceOf(counts, first, count, exponent));
    }

    /// <summary>1 / √(n · d² ln ζ(α, m) / dα²), the error of α for large n.</summary>
    public double StandardError()
    {
        const double Step = 1e-3;
        double curvature = (LogZeta(Exponent + Step, Minimum) - (2 * LogZeta(Exponent, Minimum)) + LogZeta(Exponent - Step, Minimum)) / (Step * Step);
        return 1 / Math.Sqrt(Count * curvature);
    }

    /// <summary>The probability of at least <paramref name="value"/>.</summary>
    public double AtLeast(double value) => HurwitzZeta.Of(Exponent, value) / HurwitzZeta.Of(Exponent, Minimum);

    /// <summary>Golden-section search for the α that minimizes ln ζ(α, m) + α · mean ln x, which is convex.</summary>
    private static double Exponentiate(int minimum, double meanLog)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2;
        double low = SmallestExponent;
        double high = LargestExponent;
        double left = high - (ratio * (high - low));
        double right = low + (ratio * (high - low));
        double atLeft = LogZeta(left, minimum) + (left * meanLog);
        double atRight = LogZeta(right, minimum) + (right * meanLog);
        while (high - low > Tolerance)
        {
            if (atLeft < atRight)
            {
                high = right;
                (right, atRight) = (left, atLeft);
                left = high - (ratio * (high - low));
                atLeft = LogZeta(left, minimum) + (left * meanLog);
            }
            else
            {
                low = left;
                (left, atLeft) = (right, atRight);
                right = low + (ratio * (high - low));
                atRight = LogZeta(right, minimum) + (right * meanLog);
            }
        }

        return (low + high) / 2;
    }

    private static double LogZeta(double exponent, int minimum) => Math.Log(HurwitzZeta.Of(exponent, minimum));

    /// <summary>
    /// The share of values changes at the values only, the law's everywhere between; so the largest difference is at a value or
    /// just before the next one.
    /// </summary>
    private static double DistanceOf(ValueCounts counts, int first, int count, double exponent)
    {
        double norm = HurwitzZeta.Of(exponent, counts.Values[first]);
        double distance = 0;
        int below = 0;
        for (int i = first; i < counts.Values.Length; i++)
        {
            double lawBefore = 1 - (HurwitzZeta.Of(exponent, counts.Values[i]) / norm);
            distance = Math.Max(distance, Math.Abs(((double)below / count) - lawBefore));
            below += counts.Counts[i];
            double lawAt = 1 - (HurwitzZeta.Of(exponent, counts.Values[i] + 1) / norm);
            distance = Math.Max(distance, Math.Abs(((double)below / count) - lawAt));
        }

        return distance;
    }
}
