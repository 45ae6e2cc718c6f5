using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Reports.Statistics;

/// <summary>Clustering and path length of one graph.</summary>
internal sealed record GraphMeasures(double Clustering, double PathLength, double ConnectedShare, bool IsSampled)
{
    public static GraphMeasures Of(IReadOnlyList<WeightMask> layers, int pathSamples, int sources, RandomGenerator random)
    {
        var graph = new NeuronGraph(layers);
        (double clustering, bool clusteringIsSampled) = Statistics.Clustering.Of(graph, pathSamples, random);
        (double length, double connected, bool lengthIsSampled) = Statistics.PathLength.Of(graph, sources, random);
        return new GraphMeasures(clustering, length, connected, clusteringIsSampled || lengthIsSampled);
    }
}
