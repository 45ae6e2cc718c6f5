using SparseTraining.Randomness;

namespace SparseTraining.Reports.Statistics;

/// <summary>The mean number of links on the shortest path between two neurons that are connected at all.</summary>
internal static class PathLength
{
    /// <summary>Computes the mean by breadth-first search, from all neurons or from some drawn ones.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="sources">How many neurons to search from.</param>
    /// <param name="random">Draws them.</param>
    /// <returns>The mean, NaN where nothing is connected; the share of pairs that are; and whether these are estimates.</returns>
    public static (double Mean, double ConnectedShare, bool IsSampled) Of(NeuronGraph graph, int sources, RandomGenerator random)
    {
        int[] neurons = [.. Enumerable.Range(0, graph.NeuronCount)];
        bool isSampled = sources < neurons.Length;
        if (isSampled)
        {
            random.Shuffle(neurons.AsSpan());
        }

        int searched = Math.Min(sources, neurons.Length);
        var distances = new int[neurons.Length];
        var queue = new int[neurons.Length];
        double sum = 0;
        double reached = 0;
        for (int i = 0; i < searched; i++)
        {
            int count = Search(graph, neurons[i], distances, queue);
            for (int k = 1; k < count; k++)
            {
                sum += distances[queue[k]];
            }

            reached += count - 1;
        }

        return (sum / reached, reached / ((double)searched * (neurons.Length - 1)), isSampled);
    }

    /// <summary>Fills the queue with all neurons that can be reached, the source first; returns how many.</summary>
    private static int Search(NeuronGraph graph, int source, int[] distances, int[] queue)
    {
        Array.Fill(distances, -1);
        distances[source] = 0;
        queue[0] = source;
        int count = 1;
        for (int next = 0; next < count; next++)
        {
            int neuron = queue[next];
            foreach (int neighbour in graph.Neighbours(neuron))
            {
                if (distances[neighbour] < 0)
                {
                    distances[neighbour] = distances[neuron] + 1;
                    queue[count++] = neighbour;
                }
            }
        }

        return count;
    }
}
