namespace FeatureSelectionSample;

/// <summary>A mean with its 95 % confidence interval, mean ± t s / √n, by Student's t with n − 1 degrees of freedom.</summary>
/// <remarks>
/// Splits of one data set share samples, so that their results are not independent and the interval is somewhat too narrow.
/// </remarks>
internal readonly record struct Interval(double Mean, double HalfWidth)
{
    // The 97.5 % quantile of Student's t for 1 to 30 degrees of freedom; beyond them it is near the normal distribution's.
    private static readonly double[] Quantile =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <param name="values">At least 2.</param>
    public static Interval Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        int freedom = values.Count - 1;
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / freedom);
        double t = freedom <= Quantile.Length ? Quantile[freedom - 1] : 1.96 + 2.4 / freedom;
        return new Interval(mean, t * deviation / Math.Sqrt(values.Count));
    }
}
