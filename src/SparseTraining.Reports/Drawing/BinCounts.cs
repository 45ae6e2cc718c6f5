namespace SparseTraining.Reports.Drawing;

/// <summary>Values counted in equally wide bins.</summary>
/// <param name="First">Where the first bin begins.</param>
/// <param name="Width">The width of a bin.</param>
/// <param name="Counts">Values in each bin; the last one holds its upper edge too.</param>
internal sealed record BinCounts(double First, double Width, long[] Counts)
{
    public static BinCounts Of(IEnumerable<double> values, int bins)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            throw new ArgumentException("A histogram needs at least one finite value.", nameof(values));
        }

        double first = finite.Min();
        double range = finite.Max() - first;
        if (range == 0)
        {
            // One value: a bin of width 1 around it.
            return new BinCounts(first - 0.5, 1, [finite.Length]);
        }

        var counts = new long[bins];
        foreach (double value in finite)
        {
            counts[Math.Min((int)((value - first) / range * bins), bins - 1)]++;
        }

        return new BinCounts(first, range / bins, counts);
    }
}
