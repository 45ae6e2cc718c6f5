namespace SparseTraining.Reports.Statistics;

/// <summary>ζ(s, q) = Σ (q + k)⁻ˢ over k ≥ 0, the norm of a discrete power law that begins at q.</summary>
/// <remarks>
/// The first terms are added up one by one, the rest by the Euler–Maclaurin formula (Johansson, Numerical Algorithms 69,
/// 2015). The relative error is below 1e−12 for s in (1, 60] and q ≥ 1.
/// </remarks>
internal static class HurwitzZeta
{
    /// <summary>Terms that are added one by one grow with s, so that the formula's terms fall fast.</summary>
    private const int FewestTerms = 10;

    /// <summary>B₂ⱼ / (2j)! for j = 1, 2, …</summary>
    private static readonly double[] Coefficients =
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600,
    ];

    /// <summary>Computes ζ(s, q).</summary>
    /// <param name="s">The exponent, above 1.</param>
    /// <param name="q">Where the sum begins, at least 1.</param>
    public static double Of(double s, double q)
    {
        int terms = Math.Max(0, FewestTerms + (int)s - (int)Math.Min(q, 1000));
        double sum = 0;
        for (int k = 0; k < terms; k++)
        {
            sum += Math.Pow(q + k, -s);
        }

        double x = q + terms;
        double power = Math.Pow(x, -s);
        sum += (x * power / (s - 1)) + (power / 2);
        double factor = s * power / x;
        for (int j = 0; j < Coefficients.Length; j++)
        {
            sum += Coefficients[j] * factor;
            factor *= (s + (2 * j) + 1) * (s + (2 * j) + 2) / (x * x);
        }

        return sum;
    }
}
