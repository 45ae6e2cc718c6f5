namespace SparseTraining.Topology;

/// <summary>How many links the neurons on one side of a layer have.</summary>
/// <param name="Min">The fewest links of a neuron.</param>
/// <param name="Mean">The average.</param>
/// <param name="Max">The most links of a neuron.</param>
/// <param name="WithoutLinks">Neurons that have no link at all.</param>
public readonly record struct DegreeSummary(int Min, double Mean, int Max, int WithoutLinks)
{
    internal static DegreeSummary Of(ReadOnlySpan<int> degrees)
    {
        int min = int.MaxValue;
        int max = 0;
        long sum = 0;
        foreach (int degree in degrees)
        {
            min = Math.Min(min, degree);
            max = Math.Max(max, degree);
            sum += degree;
        }

        return new DegreeSummary(min, (double)sum / degrees.Length, max, degrees.Count(0));
    }
}
