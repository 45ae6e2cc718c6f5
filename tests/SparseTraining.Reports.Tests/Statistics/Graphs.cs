using SparseTraining.Topology;

namespace SparseTraining.Reports.Tests.Statistics;

/// <summary>Graphs whose measures are known, and slow ways to compute these.</summary>
internal static class Graphs
{
    /// <summary>A ring: output r is linked to inputs r, r + 1, … r + links − 1, around the ring.</summary>
    public static WeightMask RingLattice(int size, int links) => WeightMask.FromLinks(
        size, size, from row in Enumerable.Range(0, size) from k in Enumerable.Range(0, links) select new Link(row, (row + k) % size));

    /// <summary>Whether neurons are linked, as a matrix over all neurons of all layers.</summary>
    public static bool[,] Adjacency(params WeightMask[] layers)
    {
        int neurons = layers[0].Columns + layers.Sum(layer => layer.Rows);
        var linked = new bool[neurons, neurons];
        int first = 0;
        foreach (WeightMask layer in layers)
        {
            foreach (Link link in layer)
            {
                linked[first + link.Column, first + layer.Columns + link.Row] = true;
                linked[first + layer.Columns + link.Row, first + link.Column] = true;
            }

            first += layer.Columns;
        }

        return linked;
    }

    /// <summary>The share of paths a–b–c–d of four neurons whose ends are linked, by looking at all of them.</summary>
    public static double Clustering(bool[,] linked)
    {
        int n = linked.GetLength(0);
        long paths = 0;
        long closed = 0;
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                for (int c = 0; linked[a, b] && c < n; c++)
                {
                    for (int d = 0; linked[b, c] && c != a && d < n; d++)
                    {
                        if (linked[c, d] && d != a && d != b)
                        {
                            paths++;
                            closed += linked[a, d] ? 1 : 0;
                        }
                    }
                }
            }
        }

        return (double)closed / paths;
    }

    /// <summary>The mean distance of connected pairs, by Floyd and Warshall.</summary>
    public static double PathLength(bool[,] linked)
    {
        const int Far = 1_000_000;
        int n = linked.GetLength(0);
        var distance = new int[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                distance[i, j] = i == j ? 0 : linked[i, j] ? 1 : Far;
            }
        }

        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i, k] + distance[k, j]);
                }
            }
        }

        int[] connected = [.. distance.Cast<int>().Where(value => value is > 0 and < Far)];
        return connected.Average();
    }
}
