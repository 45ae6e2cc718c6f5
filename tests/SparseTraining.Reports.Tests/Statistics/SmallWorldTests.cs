using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Reports.Statistics;
using SparseTraining.Topology;

namespace SparseTraining.Reports.Tests.Statistics;

public sealed class SmallWorldTests
{
    [Theory]
    [InlineData(3, 4)]
    [InlineData(10, 2)]
    public void A_complete_bipartite_graph_is_clustered_all_over(int inputs, int outputs)
    {
        var graph = new NeuronGraph([WeightMask.Full(outputs, inputs)]);
        double pairs = (inputs + outputs) * (inputs + outputs - 1);
        double far = inputs * (inputs - 1.0) + outputs * (outputs - 1.0);
        Assert.Equal(1, Clustering.Of(graph, 1_000_000, new RandomGenerator(1)).Share);
        Assert.Equal((pairs + far) / pairs, PathLength.Of(graph, 1000, new RandomGenerator(1)).Mean, 1e-12);
    }

    [Fact]
    public void A_single_ring_has_no_clusters_and_the_length_of_a_cycle()
    {
        const int Size = 20; // 40 neurons in one cycle
        var graph = new NeuronGraph([Graphs.RingLattice(Size, 2)]);
        Assert.Equal(0, Clustering.Of(graph, 1_000_000, new RandomGenerator(1)).Share);
        Assert.Equal(Size * Size / (2.0 * Size - 1), PathLength.Of(graph, 1000, new RandomGenerator(1)).Mean, 1e-12);
    }

    [Fact]
    public void A_square_is_one_closed_cycle()
    {
        var graph = new NeuronGraph([WeightMask.Full(2, 2)]);
        Assert.Equal((1.0, false), Clustering.Of(graph, 100, new RandomGenerator(1)));
    }

    [Fact]
    public void A_star_has_no_path_of_three_links()
    {
        var graph = new NeuronGraph([WeightMask.Full(1, 6)]);
        Assert.Equal(double.NaN, Clustering.Of(graph, 100, new RandomGenerator(1)).Share);
    }

    [Fact]
    public void Ring_lattices_and_random_networks_equal_the_slow_computation()
    {
        WeightMask[][] networks =
        [
            [Graphs.RingLattice(12, 4)],
            [Graphs.RingLattice(9, 3), Graphs.RingLattice(9, 4)],
            [Random(8, 12, 30, 1), Random(12, 10, 25, 2), Random(10, 5, 14, 3)],
        ];
        foreach (WeightMask[] layers in networks)
        {
            bool[,] linked = Graphs.Adjacency(layers);
            var graph = new NeuronGraph(layers);
            Assert.Equal(Graphs.Clustering(linked), Clustering.Of(graph, int.MaxValue, new RandomGenerator(1)).Share, 1e-12);
            Assert.Equal(Graphs.PathLength(linked), PathLength.Of(graph, int.MaxValue, new RandomGenerator(1)).Mean, 1e-12);
        }
    }

    [Fact]
    public void Samples_estimate_what_all_paths_give()
    {
        WeightMask[] layers = [Graphs.RingLattice(60, 8), Random(60, 40, 300, 7)];
        var graph = new NeuronGraph(layers);
        double exact = Clustering.Of(graph, int.MaxValue, new RandomGenerator(1)).Share;
        (double share, bool isSampled) = Clustering.Of(graph, 20_000, new RandomGenerator(1));
        Assert.True(isSampled);
        Assert.InRange(share - exact, -4.5 * Math.Sqrt(exact * (1 - exact) / 20_000), 4.5 * Math.Sqrt(exact * (1 - exact) / 20_000));
        double length = PathLength.Of(graph, int.MaxValue, new RandomGenerator(1)).Mean;
        Assert.InRange(PathLength.Of(graph, 60, new RandomGenerator(1)).Mean / length, 0.97, 1.03);
    }

    [Fact]
    public void Two_parts_are_not_connected()
    {
        WeightMask mask = WeightMask.FromLinks(2, 2, [new Link(0, 0), new Link(1, 1)]);
        (double mean, double share, _) = PathLength.Of(new NeuronGraph([mask]), 100, new RandomGenerator(1));
        Assert.Equal(1, mean);
        Assert.Equal(1.0 / 3, share, 1e-12);
    }

    [Fact]
    public void A_ring_lattice_is_a_small_world_only_by_its_clusters_and_a_random_network_is_none()
    {
        var lattice = SmallWorld.Of([Graphs.RingLattice(200, 10)]);
        Assert.True(lattice.Clustering > 3 * lattice.RandomClustering);
        Assert.True(lattice.PathLength > 1.5 * lattice.RandomPathLength);
        var random = SmallWorld.Of([Random(200, 200, 2000, 11), Random(200, 100, 1500, 12)]);
        Assert.InRange(random.Index, 0.85, 1.15);
        Assert.Equal(random.Index, SmallWorld.Of([Random(200, 200, 2000, 11), Random(200, 100, 1500, 12)]).Index);
    }

    [Fact]
    public void Layers_that_do_not_follow_on_one_another_are_named()
    {
        var error = Assert.Throws<ArgumentException>(() => SmallWorld.Of([WeightMask.Full(3, 2), WeightMask.Full(2, 4)]));
        Assert.Contains("Layer 1 has 4 inputs, but the one before has 3 outputs", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SmallWorld.Of([WeightMask.Empty(3, 2)]));
        Assert.Throws<ArgumentException>(() => SmallWorld.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallWorld.Of([WeightMask.Full(3, 2)], randomNetworks: 0));
    }

    private static WeightMask Random(int inputs, int outputs, int links, ulong seed) =>
        ErdosRenyiInitializer.Create(inputs, outputs, links, new RandomGenerator(seed));
}
