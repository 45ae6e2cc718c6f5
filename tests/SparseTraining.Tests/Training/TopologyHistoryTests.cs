using SparseTraining.Evolution;
using SparseTraining.Schedules;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Tests.Training;

public sealed class TopologyHistoryTests
{
    [Fact]
    public void Records_every_rewire_as_the_run_does()
    {
        var history = new TopologyHistory();
        FitResult result = Fit(history);
        Assert.Equal([1, 2, 3, 4], history.Rewires.Select(rewire => rewire.Epoch));
        Assert.Equal(result.History.Take(4).Select(epoch => epoch.Zeta), history.Rewires.Select(rewire => rewire.Zeta));
        Assert.Equal(result.History.Take(4).Select(epoch => epoch.Step), history.Rewires.Select(rewire => rewire.Step));
        Assert.Equal(result.History.Take(4).Select(epoch => epoch.LinksPruned), history.Rewires.Select(rewire => rewire.Layers.Sum(layer => (long)layer.Pruned)));
        Assert.Equal(result.History.Take(4).Select(epoch => epoch.LinksGrown), history.Rewires.Select(rewire => rewire.Layers.Sum(layer => (long)layer.Grown)));
    }

    [Fact]
    public void Share_and_churn_equal_those_of_the_masks()
    {
        var history = new TopologyHistory();
        var masks = new Keeper();
        Fit(history, masks);
        var ever = new HashSet<Link>(masks.Records[0].Layers[0].Before);
        for (int i = 0; i < masks.Records.Count; i++)
        {
            LayerRewire layer = masks.Records[i].Layers[0];
            ever.UnionWith(layer.After);
            LayerRewireStatistics statistics = history.Rewires[i].Layers[0];
            Assert.Equal((double)ever.Count / layer.After.PositionCount, statistics.EverActive, 1e-12);
            Assert.Equal((double)layer.After.Except(layer.Before).Count() / layer.After.LinkCount, statistics.Churn, 1e-12);
            Assert.InRange(statistics.Churn, 1e-9, (double)statistics.Grown / statistics.LinkCount);
        }
    }

    [Fact]
    public void Rewires_within_an_epoch_are_recorded_with_their_step()
    {
        var history = new TopologyHistory();
        Fit(history, interval: EvolutionInterval.EverySteps(2));
        Assert.True(history.Rewires.Count > 4);
        Assert.All(history.Rewires, rewire => Assert.Equal(0, rewire.Step % 2));
    }

    [Fact]
    public void A_limit_below_1_is_named() => Assert.Throws<ArgumentOutOfRangeException>(() => new TopologyHistory(0));

    private static FitResult Fit(TopologyHistory history, Keeper? keeper = null, EvolutionInterval? interval = null)
    {
        var model = new SparseMlp(12, [30, 20], 3, new SparseMlpOptions
        {
            Epsilon = 2,
            Evolution = TopologyEvolution.Set(ZetaSchedules.LinearDecay(0.3, 0.1)) with { Interval = interval ?? EvolutionInterval.EveryEpoch },
            Seed = 5,
        });
        (float[][] rows, int[] labels) = Blobs.Rows(60, 12, 3);
        return model.Fit(rows, labels, new FitOptions
        {
            Epochs = 5,
            BatchSize = 20,
            Callbacks = keeper is null ? [history] : [history, keeper],
            MaxDegreeOfParallelism = 1,
        });
    }

    private sealed class Keeper : TrainingCallback
    {
        public List<RewireRecord> Records { get; } = [];

        public override void OnRewire(RewireRecord record) => Records.Add(record);
    }
}
