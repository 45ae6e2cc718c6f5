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
                        AllocationWatch watch = Watch(
                            new SparseMlpOptions { Layers = layers, Optimizer = Optimizers[optimizer], Dropout = dropout, GradientClipping = clipping },
                            threads,
                            batchSize);
                        string where = $"{threads} threads, batches of {batchSize}, dropout {dropout}, clipping {clipping}, {watch.Collections} collections";
                        Assert.True(watch.OnCaller == 0, $"{watch.OnCaller} bytes on the caller's thread: {where}");
                        Assert.True(watch.LeastOnAll == 0, $"at least {watch.LeastOnAll} bytes in {AllocationWatch.Window} steps: {where}");
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
        Assert.True(watch.OnCaller >= watch.Windows * AllocationWatch.Window * Allocating.OnCaller);
        Assert.InRange(watch.LeastOnAll, AllocationWatch.Window * (Allocating.OnCaller + Allocating.Elsewhere), long.MaxValue);
    }

    private static AllocationWatch Watch(SparseMlpOptions options, int threads, int batchSize, params TrainingCallback[] others)
    {
        var watch = new AllocationWatch();
        options = options with { Epsilon = 4, HiddenActivation = KnownActivations.SRelu(), FeatureScaling = FeatureScaling.Standard };
        new SparseMlp(20, [30, 30], 4, options).Fit(
            Blobs.Data(batchSize * 24 + 1),
            new FitOptions { Epochs = 1, BatchSize = batchSize, MaxDegreeOfParallelism = threads, Callbacks = [watch, .. others] });
        Assert.Equal(5, watch.Windows);
        return watch;
    }

    /// <summary>Counts over windows of steps, from when code is compiled and memory is there.</summary>
    /// <remarks>
    /// What all threads of the process allocate is the least of all windows: the runner's own threads may allocate in one
    /// of them, but a step that allocates does so in every one.
    /// </remarks>
    private sealed class AllocationWatch : TrainingCallback
    {
        public const int Window = 4;
        private const int WarmUp = 5;
        private long _onCaller;
        private long _onAll;
        private int _collections;

        public long OnCaller { get; private set; }

        public long LeastOnAll { get; private set; } = long.MaxValue;

        public int Windows { get; private set; }

        /// <summary>Collections while it counted.</summary>
        public int Collections { get; private set; }

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            if (record.Step >= WarmUp && (record.Step - WarmUp) % Window == 0)
            {
                long onCaller = GC.GetAllocatedBytesForCurrentThread();
                long onAll = GC.GetTotalAllocatedBytes(precise: true);
                if (record.Step == WarmUp)
                {
                    // A collection that began before, and ends in a window, would count as allocated what it takes away of
                    // the memory that a thread has been given but not used.
                    GC.Collect();
                    _collections = GC.CollectionCount(0);
                }
                else
                {
                    Collections = GC.CollectionCount(0) - _collections;
                    OnCaller += onCaller - _onCaller;
                    LeastOnAll = Math.Min(LeastOnAll, onAll - _onAll);
                    Windows++;
                }

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
