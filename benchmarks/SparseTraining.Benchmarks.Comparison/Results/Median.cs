namespace SparseTraining.Benchmarks.Comparison.Results;

/// <summary>The middle of some times; unlike the mean it does not follow the few that the machine disturbed.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
