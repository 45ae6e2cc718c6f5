using SparseTraining.Randomness;

namespace SparseTraining.Reports.Statistics;

/// <summary>
/// Clustering of a graph whose links lead between neighbouring layers only. Such a graph has no triangles, so the usual
/// coefficient is 0; in its place stands that of Robins and Alexander (Computational &amp; Mathematical Organization Theory
/// 10, 2004): the share of paths of three links, a–b–c–d, whose ends are linked too, 4 · (cycles of four) / (paths of three).
/// </summary>
internal static class Clustering
{
    /// <summary>Computes the coefficient, exactly where there are no more paths than samples, otherwise from so many drawn paths.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="samples">How many paths to look at.</param>
    /// <param name="random">Draws the paths, each equally likely.</param>
    /// <returns>The share, NaN where there is no such path; and whether it is an estimate.</returns>
    public static (double Share, bool IsSampled) Of(NeuronGraph graph, int samples, RandomGenerator random)
    {
        // Each link b–c is taken once, from its lower end; paths run up to it: (deg b − 1)(deg c − 1) have it in the middle.
        var ends = new (int B, int C)[graph.LinkCount];
        var pathsUpTo = new long[graph.LinkCount];
        long paths = 0;
        int link = 0;
        for (int b = 0; b < graph.NeuronCount; b++)
        {
            foreach (int c in graph.Neighbours(b))
            {
                if (b < c)
                {
                    paths += (long)(graph.Degree(b) - 1) * (graph.Degree(c) - 1);
                    ends[link] = (b, c);
                    pathsUpTo[link++] = paths;
                }
            }
        }

        if (paths == 0)
        {
            return (double.NaN, false);
        }

        if (paths <= samples)
        {
            return ((double)ends.Sum(middle => CountClosed(graph, middle.B, middle.C)) / paths, false);
        }

        long closed = 0;
        for (int i = 0; i < samples; i++)
        {
            var path = (long)random.NextUInt64((ulong)paths);
            int found = Array.BinarySearch(pathsUpTo, path + 1);
            found = found < 0 ? ~found : FirstEqual(pathsUpTo, found);
            (int b, int c) = ends[found];
            int a = OtherNeighbour(graph, b, c, random);
            int d = OtherNeighbour(graph, c, b, random);
            closed += graph.AreLinked(a, d) ? 1 : 0;
        }

        return ((double)closed / samples, true);
    }

    /// <summary>Links without paths repeat the running sum; the path belongs to the first of equal sums.</summary>
    private static int FirstEqual(long[] sums, int index)
    {
        while (index > 0 && sums[index - 1] == sums[index])
        {
            index--;
        }

        return index;
    }

    private static int OtherNeighbour(NeuronGraph graph, int neuron, int except, RandomGenerator random)
    {
        ReadOnlySpan<int> neighbours = graph.Neighbours(neuron);
        int chosen = random.Next(neighbours.Length - 1);
        return neighbours[chosen] == except ? neighbours[^1] : neighbours[chosen];
    }

    private static long CountClosed(NeuronGraph graph, int b, int c)
    {
        long closed = 0;
        foreach (int a in graph.Neighbours(b))
        {
            foreach (int d in graph.Neighbours(c))
            {
                closed += a != c && d != b && graph.AreLinked(a, d) ? 1 : 0;
            }
        }

        return closed;
    }
}
