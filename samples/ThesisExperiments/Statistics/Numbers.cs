namespace ThesisExperiments.Statistics;

internal static class Numbers
{
    /// <summary>The middle value, or the mean of the two; NaN where there are none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
