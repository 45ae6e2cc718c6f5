using SparseTraining.Optimizers;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

[Collection(nameof(Alone))]
public class AllocationTests
{
    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["sgd"] = KnownOptimizers.Sgd(),
        ["momentum"] = KnownOptimizers.Momentum(),
        ["nesterov"] = KnownOptimizers.Nesterov(),
        ["rmsprop"] = KnownOptimizers.RmsProp(),
        ["adam"] = KnownOptimizers.Adam(),
        ["adamw"] = KnownOptimizers.AdamW(),
    };

    public static TheoryData<string, LayerKind> Cases => [..
        from optimizer in Optimizers.Keys
        from layers in new[] { LayerKind.Sparse, LayerKind.Dense, LayerKind.MaskedDense }
        select new TheoryDataRow<string, LayerKind>(optimizer, layers)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_allocates_nothing_on_any_thread(string optimizer, LayerKind layers)
    {
        foreach (int threads in new[] { 1, 2, 3 })
        {
            foreach (int batchSize in new[] { 2, 32, 100 })
            {
                foreach (double dropout in new[] { 0, 0.2 })
                {
                    foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByGlobalNorm(0.1) })
                    {
                        // What the runner's own threads allocate meanwhile counts too, but not every time.
                        var options = new SparseMlpOptions { Layers = layers, Optimizer = Optimizers[optimizer], Dropout = dropout, GradientClipping = clipping };
                        AllocationWatch watch = Watch(options, threads, batchSize);
                        for (int attempt = 1; attempt < 5 && watch.OnAll != 0; attempt++)
                        {
                            watch = Watch(options, threads, batchSize);
                        }

                        string where = $"{threads} threads, batches of {batchSize}, dropout {dropout}, clipping {clipping}, {watch.Collections} collections";
                        Assert.True(watch.OnCaller == 0, $"{watch.OnCaller} bytes on the caller's thread: {where}");
                        Assert.True(watch.OnAll == 0, $"{watch.OnAll} bytes on all threads: {where}");
                    }
                }
            }
        }
    }

    [Fact]
    public void The_watch_sees_what_a_step_allocates_on_any_thread()
    {
        // The caller allocates at every step, and so does a thread beside it.
        var allocating = new Allocating();
        AllocationWatch watch = Watch(new SparseMlpOptions(), threads: 1, batchSize: 32, allocating);
        Assert.InRange(watch.OnCaller, watch.Steps * Allocating.OnCaller, long.MaxValue);
        Assert.InRange(watch.OnAll, watch.Steps * (Allocating.OnCaller + Allocating.Elsewhere), long.MaxValue);
    }

    private static AllocationWatch Watch(SparseMlpOptions options, int threads, int batchSize, params TrainingCallback[] others)
    {
        var watch = new AllocationWatch();
        options = options with { Epsilon = 4, HiddenActivation = KnownActivations.SRelu(), FeatureScaling = FeatureScaling.Standard };
        new SparseMlp(20, [30, 30], 4, options).Fit(
            Blobs.Data(batchSize * 24 + 1),
            new FitOptions { Epochs = 1, BatchSize = batchSize, MaxDegreeOfParallelism = threads, Callbacks = [watch, .. others] });
        Assert.Equal(20, watch.Steps);
        return watch;
    }

    /// <summary>Counts what steps allocate, from when code is compiled and memory is there.</summary>
    private sealed class AllocationWatch : TrainingCallback
    {
        private const int WarmUp = 5;
        private long _onCaller;
        private long _onAll;
        private int _collections;

        /// <summary>Bytes on the thread that called Fit.</summary>
        public long OnCaller { get; private set; }

        /// <summary>Bytes on all threads of the process.</summary>
        public long OnAll { get; private set; }

        public int Steps { get; private set; }

        /// <summary>Collections while it counted.</summary>
        public int Collections { get; private set; }

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            if (record.Step > WarmUp)
            {
                OnCaller = GC.GetAllocatedBytesForCurrentThread() - _onCaller;
                OnAll = GC.GetTotalAllocatedBytes(precise: true) - _onAll;
                Collections = GC.CollectionCount(0) - _collections;
                Steps++;
            }
            else if (record.Step == WarmUp)
            {
                // A collection that began before, and ends while this counts, shows as memory allocated on the threads that
                // it stops.
                GC.Collect();
                _collections = GC.CollectionCount(0);
                _onAll = GC.GetTotalAllocatedBytes(precise: true);
                _onCaller = GC.GetAllocatedBytesForCurrentThread();
            }

            return TrainingDecision.Continue;
        }
    }

    /// <summary>Allocates at every step, on the caller's thread and on another one.</summary>
    private sealed class Allocating : TrainingCallback
    {
        public const int OnCaller = 1000;
        public const int Elsewhere = 5000;

        public byte[] Last { get; private set; } = [];

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            Last = new byte[OnCaller];
            var other = new Thread(() => Last = new byte[Elsewhere]);
            other.Start();
            other.Join();
            return TrainingDecision.Continue;
        }
    }
}
