using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Reports.Statistics;

/// <summary>
/// How much more clustered a network is than a random one of the same size, and whether its paths stay as short: the
/// small-world index σ = (C / C_random) / (L / L_random) of Humphries and Gurney, PLoS ONE 3, 2008.
/// </summary>
/// <remarks>
/// The graph is undirected; its nodes are all neurons that the masks touch, its edges all links. C is the share of paths
/// of three links whose ends are linked too (Robins and Alexander 2004), as a layered network has no triangles. L is the
/// mean length of the shortest paths between neurons that are connected. The random networks have the same layers with as
/// many links in each, every such set being equally likely; C_random and L_random are means over them.
/// </remarks>
public sealed record SmallWorld
{
    private SmallWorld(GraphMeasures own, IReadOnlyList<GraphMeasures> random)
    {
        Clustering = own.Clustering;
        PathLength = own.PathLength;
        ConnectedShare = own.ConnectedShare;
        IsSampled = own.IsSampled;
        RandomClustering = random.Average(measures => measures.Clustering);
        RandomPathLength = random.Average(measures => measures.PathLength);
    }

    /// <summary>C, in [0, 1].</summary>
    public double Clustering { get; }

    /// <summary>L, in links.</summary>
    public double PathLength { get; }

    /// <summary>C of the random networks.</summary>
    public double RandomClustering { get; }

    /// <summary>L of the random networks.</summary>
    public double RandomPathLength { get; }

    /// <summary>The share of pairs of neurons that are connected at all.</summary>
    public double ConnectedShare { get; }

    /// <summary>Whether C or L was estimated from drawn paths or neurons.</summary>
    public bool IsSampled { get; }

    /// <summary>σ: about 1 for a random network, clearly above 1 for a small world.</summary>
    public double Index => Clustering / RandomClustering / (PathLength / RandomPathLength);

    /// <summary>Measures a network.</summary>
    /// <param name="layers">The masks of consecutive layers, each with as many columns as the one before has rows; at least one link in all.</param>
    /// <param name="seed">The seed of random networks and of all that is drawn.</param>
    /// <param name="pathSamples">Paths of three links to look at, at least 1; all of them where there are no more.</param>
    /// <param name="sources">Neurons to search shortest paths from, at least 1; all of them where there are no more.</param>
    /// <param name="randomNetworks">Random networks to compare with, at least 1.</param>
    /// <returns>The measures.</returns>
    /// <exception cref="ArgumentException">There is no layer or no link, or the layers' sizes do not follow on one another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SmallWorld Of(
        IReadOnlyList<WeightMask> layers, ulong seed = 1, int pathSamples = 200_000, int sources = 200, int randomNetworks = 3)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfLessThan(pathSamples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sources, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(randomNetworks, 1);
        if (layers.Sum(layer => (long)layer.LinkCount) == 0)
        {
            throw new ArgumentException("The layers have no links.", nameof(layers));
        }

        for (int l = 1; l < layers.Count; l++)
        {
            if (layers[l].Columns != layers[l - 1].Rows)
            {
                throw new ArgumentException($"Layer {l} has {layers[l].Columns} inputs, but the one before has {layers[l - 1].Rows} outputs.", nameof(layers));
            }
        }

        RandomGenerator random = RandomGenerator.Named(seed, "small world");
        GraphMeasures own = GraphMeasures.Of(layers, pathSamples, sources, random);
        var others = new List<GraphMeasures>();
        for (int i = 0; i < randomNetworks; i++)
        {
            WeightMask[] drawn = [.. layers.Select(layer => ErdosRenyiInitializer.Create(layer.Columns, layer.Rows, layer.LinkCount, random))];
            others.Add(GraphMeasures.Of(drawn, pathSamples, sources, random));
        }

        return new SmallWorld(own, others);
    }
}
