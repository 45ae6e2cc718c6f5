namespace SparseTraining.Reports.Statistics;

/// <summary>How often each value occurs, in ascending order of the values; 0 and less are left out.</summary>
internal sealed record ValueCounts(int[] Values, int[] Counts)
{
    public int Total { get; } = Counts.Sum();

    public static ValueCounts Of(ReadOnlySpan<int> values)
    {
        int[] sorted = values.ToArray();
        Array.Sort(sorted);
        var distinct = new List<int>();
        var counts = new List<int>();
        foreach (int value in sorted)
        {
            if (value <= 0)
            {
                continue;
            }

            if (distinct.Count > 0 && distinct[^1] == value)
            {
                counts[^1]++;
            }
            else
            {
                distinct.Add(value);
                counts.Add(1);
            }
        }

        return new ValueCounts([.. distinct], [.. counts]);
    }
}
