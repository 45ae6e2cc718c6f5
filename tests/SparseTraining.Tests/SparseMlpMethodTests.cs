using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Layers;
using SparseTraining.Schedules;
using SparseTraining.Topology;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests;

/// <summary>The eight systems of the specification, through the front door.</summary>
public class SparseMlpMethodTests
{
    private static readonly Dictionary<string, SparseMlpOptions> Methods = new()
    {
        ["dense"] = new() { Layers = LayerKind.Dense },
        ["fixprob"] = new() { Evolution = TopologyEvolution.None },
        ["set"] = new() { Evolution = TopologyEvolution.Set() },
        ["ldv"] = new() { Evolution = TopologyEvolution.Ldv() },
        ["osv"] = new() { Evolution = TopologyEvolution.Osv() },
        ["exd"] = new() { Evolution = TopologyEvolution.Exd() },
        ["masked"] = new() { Layers = LayerKind.MaskedDense },
        ["masked-rebuilt"] = new() { Layers = LayerKind.MaskedDenseRebuilt },
        ["rigl"] = new() { Evolution = TopologyEvolution.RigL(everySteps: 5) },
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_method_learns_and_keeps_its_number_of_links(string name)
    {
        SparseMlp mlp = Make(name);
        long links = mlp.LinkCount;
        FitResult fit = mlp.Fit(Blobs.Data(403), new FitOptions { Epochs = 12, BatchSize = 50 });
        Assert.InRange(mlp.Evaluate(Blobs.Data(200, seed: 2)).Accuracy, 0.95, 1);
        Assert.Equal(links, mlp.LinkCount);
        Assert.Equal(12, fit.History.Count);
        Assert.True(fit.History[^1].TrainingLoss < fit.History[0].TrainingLoss / 2);
        bool evolves = name is not ("dense" or "fixprob");
        Assert.Equal(evolves, fit.History.Sum(e => e.LinksPruned) > 0);
        Assert.Equal(fit.History.Sum(e => e.LinksPruned), fit.History.Sum(e => e.LinksGrown));
        if (name != "rigl")
        {
            Assert.Equal(0, fit.History[^1].LinksPruned);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Same_seed_gives_the_same_bits_for_any_number_of_threads_and_another_seed_others(string name)
    {
        float[] expected = TrainedWeights(name, seed: 1, threads: 1);
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            Assert.Equal(expected, TrainedWeights(name, seed: 1, threads));
        }

        Assert.NotEqual(expected, TrainedWeights(name, seed: 2, threads: 1));
    }

    [Fact]
    public void Masked_dense_trains_to_the_values_of_the_truly_sparse_network()
    {
        SparseMlp sparse = Make("set");
        SparseMlp masked = Make("masked");
        sparse.Fit(Blobs.Data(220), new FitOptions { Epochs = 5, BatchSize = 32 });
        masked.Fit(Blobs.Data(220), new FitOptions { Epochs = 5, BatchSize = 32 });
        for (int i = 0; i < 2; i++)
        {
            var a = (IRewirable)sparse.Layers[i];
            var b = (IRewirable)masked.Layers[i];
            Assert.Equal(a.Mask, b.Mask);
            var values = new float[a.Mask.LinkCount];
            var maskedValues = new float[a.Mask.LinkCount];
            a.CopyLinkValues(values);
            b.CopyLinkValues(maskedValues);
            Assert.Equal(values, maskedValues);
        }
    }

    [Fact]
    public void Rebuilding_each_epoch_loses_the_momentum()
    {
        SparseMlp kept = Make("masked");
        SparseMlp rebuilt = Make("masked-rebuilt");
        var one = new FitOptions { Epochs = 1, BatchSize = 32 };
        kept.Fit(Blobs.Data(220), one);
        rebuilt.Fit(Blobs.Data(220), one);
        Assert.Equal(kept.Layers[0].WeightValues.ToArray(), rebuilt.Layers[0].WeightValues.ToArray());
        kept.Fit(Blobs.Data(220), one with { Epochs = 2 });
        rebuilt.Fit(Blobs.Data(220), one with { Epochs = 2 });
        Assert.NotEqual(kept.Layers[0].WeightValues.ToArray(), rebuilt.Layers[0].WeightValues.ToArray());

        // What the optimizer remembers right after the rewire tells the two apart.
        Assert.Contains(SavedVelocity("masked"), v => v != 0);
        Assert.DoesNotContain(SavedVelocity("masked-rebuilt"), v => v != 0);
    }

    [Fact]
    public void Pruning_only_on_the_last_epoch_leaves_fewer_links()
    {
        var options = new SparseMlpOptions { Epsilon = 3, Evolution = TopologyEvolution.Set() with { LastEpoch = LastEpochRewire.PruneOnly } };
        var mlp = new SparseMlp(20, [30, 30], 4, options);
        FitResult fit = mlp.Fit(Blobs.Data(100), new FitOptions { Epochs = 3, BatchSize = 20 });
        EpochRecord last = fit.Final;
        Assert.True(last.LinksPruned > 0);
        Assert.Equal(0, last.LinksGrown);
        Assert.Equal(3 * (20 + 30) + 3 * (30 + 30) - last.LinksPruned + 4 * 30, mlp.LinkCount);
        Assert.InRange(mlp.Predict(new float[20])[0], 0, 1);
    }

    [Fact]
    public void Rewiring_every_n_steps_stops_at_the_stop_fraction_and_before_the_last_step()
    {
        var zetas = new List<ZetaContext>();
        IZetaSchedule zeta = ZetaSchedules.FromFunction(context =>
        {
            zetas.Add(context);
            return 0.2;
        });
        TopologyEvolution evolution = TopologyEvolution.Set(zeta) with { Interval = EvolutionInterval.EverySteps(4), StopFraction = 0.5 };
        var mlp = new SparseMlp(20, [30], 4, new SparseMlpOptions { Epsilon = 3, Evolution = evolution });
        mlp.Fit(Blobs.Data(100), new FitOptions { Epochs = 4, BatchSize = 10 });
        Assert.Equal([0, 1, 2, 3, 4], zetas.Select(context => context.Index));
        Assert.All(zetas, context => Assert.Equal(10, context.Count));
        Assert.All(zetas, context => Assert.True(double.IsFinite(context.TrainingLoss)));
    }

    [Fact]
    public void Zeta_follows_its_schedule_at_the_end_of_every_epoch_but_the_last()
    {
        SparseMlp mlp = Make("exd");
        FitResult fit = mlp.Fit(Blobs.Data(100), new FitOptions { Epochs = 6, BatchSize = 50 });
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0.3 * Math.Pow(0.99, i), fit.History[i].Zeta, 12);
        }

        Assert.True(double.IsNaN(fit.History[5].Zeta));
    }

    [Fact]
    public void The_output_layer_is_dense_sparse_or_evolving_as_asked()
    {
        foreach (OutputLayerKind kind in Enum.GetValues<OutputLayerKind>())
        {
            var mlp = new SparseMlp(20, [60], 30, new SparseMlpOptions { Epsilon = 3, OutputLayer = kind });
            WeightMask? before = (mlp.Layers[1] as SparseLinearLayer)?.Mask;
            mlp.Fit(Blobs.Data(120, classes: 30), new FitOptions { Epochs = 2, BatchSize = 30 });
            WeightMask? after = (mlp.Layers[1] as SparseLinearLayer)?.Mask;
            Assert.Equal(kind == OutputLayerKind.Dense, before is null);
            Assert.Equal(kind == OutputLayerKind.SparseEvolving, before != after);
            Assert.Equal(kind == OutputLayerKind.Dense ? 1800 : 3 * 90, mlp.Layers[1].LinkCount);
        }
    }

    [Fact]
    public void A_layer_with_as_many_links_as_positions_is_dense_and_the_summary_says_so()
    {
        var mlp = new SparseMlp(8, [6], 3, new SparseMlpOptions { Epsilon = 20 });
        Assert.IsType<DenseLinearLayer>(mlp.Layers[0]);
        Assert.Contains("more links were asked for than there are positions", mlp.Summary().ToString(), StringComparison.Ordinal);
        mlp.Fit(Blobs.Data(60, features: 8, classes: 3), new FitOptions { Epochs = 2 });
        Assert.Equal(48, mlp.Layers[0].LinkCount);
    }

    [Fact]
    public void Default_weights_keep_the_signal_where_dense_fan_in_loses_it()
    {
        Assert.InRange(Gain(null), 0.2, 5);
        Assert.InRange(Gain(WeightInitializers.HeUniform(denseFanIn: true)), 0, 0.02);

        static double Gain(WeightInitializer? initializer)
        {
            var mlp = new SparseMlp(400, [400, 400, 400, 400], 2, new SparseMlpOptions { Epsilon = 4, WeightInitializer = initializer, Evolution = TopologyEvolution.None });
            float[] x = [.. Enumerable.Range(0, 400 * 16).Select(i => MathF.Sin(i * 0.37f))];
            double size = Size(x);
            for (int i = 0; i < 4; i++)
            {
                var z = new float[400 * 16];
                mlp.Layers[i].Forward(x, z, 16);
                KnownActivations.Relu.Forward(z, x, 16, []);
            }

            return Size(x) / size;
        }

        static double Size(float[] values) => Math.Sqrt(values.Average(v => (double)v * v));
    }

    private static SparseMlp Make(string name, ulong seed = 1) =>
        new(20, [40, 30], 4, Methods[name] with { Epsilon = 5, Seed = seed, Dropout = 0.1, Optimizer = KnownOptimizers.Momentum(0.05) });

    private static float[] TrainedWeights(string name, ulong seed, int threads)
    {
        SparseMlp mlp = Make(name, seed);
        mlp.Fit(Blobs.Data(203), new FitOptions { Epochs = 4, BatchSize = 80, MaxDegreeOfParallelism = threads, Validation = Blobs.Data(77, seed: 3) });
        return SparseMlpFitTests.Weights(mlp);
    }

    private static float[] SavedVelocity(string name)
    {
        var watcher = new VelocityWatcher(Make(name));
        watcher.Mlp.Fit(Blobs.Data(220), new FitOptions { Epochs = 2, BatchSize = 32, Callbacks = [watcher] });
        return watcher.Velocity;
    }

    private sealed class VelocityWatcher(SparseMlp mlp) : TrainingCallback
    {
        public SparseMlp Mlp { get; } = mlp;

        public float[] Velocity { get; private set; } = [];

        public override void OnRewire(RewireRecord record) => Velocity = [.. Mlp.Layers[0].Weights.FirstState];
    }
}
