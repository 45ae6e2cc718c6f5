namespace ThesisExperiments.Statistics;

/// <summary>Student's t distribution.</summary>
internal static class StudentT
{
    private const int MaxTerms = 300;
    private const double Precision = 1e-13;

    /// <summary>The t that a two-sided interval of the given confidence reaches.</summary>
    /// <param name="confidence">In (0, 1), such as 0.95.</param>
    /// <param name="degrees">Degrees of freedom, at least 1: one less than there are values.</param>
    /// <returns>t, so that P(|T| ≤ t) is the confidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double Critical(double confidence, int degrees)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence must lie in (0, 1).");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double low = 0, high = 1;
        while (TwoTailed(high, degrees) > 1 - confidence)
        {
            high *= 2;
        }

        for (int i = 0; i < 200 && high - low > 1e-12 * high; i++)
        {
            double middle = (low + high) / 2;
            if (TwoTailed(middle, degrees) > 1 - confidence)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    /// <summary>The probability that |T| is above t: I_x(ν/2, ½) with x = ν/(ν + t²), Abramowitz and Stegun 26.7.1.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">ν, at least 1.</param>
    public static double TwoTailed(double t, int degrees) => RegularizedBeta(degrees / (degrees + t * t), degrees / 2.0, 0.5);

    /// <summary>I_x(a, b) by its continued fraction (Abramowitz and Stegun 26.5.8), evaluated from the front (Lentz).</summary>
    private static double RegularizedBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        // The fraction converges fast only on this side of the mean.
        if (x > (a + 1) / (a + b + 2))
        {
            return 1 - RegularizedBeta(1 - x, b, a);
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        double c = 1, d = 1 / AwayFromZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / AwayFromZero(1 + even * d);
            c = AwayFromZero(1 + even / c);
            fraction *= d * c;

            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / AwayFromZero(1 + odd * d);
            c = AwayFromZero(1 + odd / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < Precision)
            {
                break;
            }
        }

        return front * fraction;
    }

    private static double AwayFromZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    /// <summary>ln Γ(x) for x in half steps from ½ on, by Γ(x + 1) = x Γ(x) from Γ(½) = √π and Γ(1) = 1; other x are not needed.</summary>
    private static double LogGamma(double x)
    {
        bool isHalf = x % 1 != 0;
        double sum = isHalf ? Math.Log(Math.PI) / 2 : 0;
        for (double k = isHalf ? 0.5 : 1; k < x; k++)
        {
            sum += Math.Log(k);
        }

        return sum;
    }
}
