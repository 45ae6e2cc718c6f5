using SparseTraining.Activations;
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
    public void A_step_allocates_nothing_on_any_thread_that_computes(string optimizer, LayerKind layers)
    {
        foreach (int threads in new[] { 1, 2, 3 })
        {
            foreach (int batchSize in new[] { 2, 32, 100 })
            {
                foreach (double dropout in new[] { 0, 0.2 })
                {
                    foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByGlobalNorm(0.1) })
                    {
                        var options = new SparseMlpOptions { Layers = layers, Optimizer = Optimizers[optimizer], Dropout = dropout, GradientClipping = clipping };
                        AllocationWatch watch = Watch(options, threads, batchSize, leak: 0);
                        string where = $"{threads} threads, batches of {batchSize}, dropout {dropout}, clipping {clipping}, {watch.Collections} collections";
                        Assert.True(watch.OnCaller == 0, $"{watch.OnCaller} bytes on the caller's thread: {where}");
                        Assert.True(watch.OnWorkers == 0, $"{watch.OnWorkers} bytes on threads that compute: {where}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_watch_sees_what_a_step_allocates_on_threads_that_compute(int threads)
    {
        AllocationWatch watch = Watch(new SparseMlpOptions(), threads, batchSize: 32, leak: 1000);
        Assert.InRange(watch.OnWorkers, (watch.Steps - 1) * 1000, long.MaxValue);
    }

    private static AllocationWatch Watch(SparseMlpOptions options, int threads, int batchSize, int leak)
    {
        var workers = new WatchingActivation(KnownActivations.SRelu(), leak);
        var watch = new AllocationWatch(workers);
        options = options with { Epsilon = 4, HiddenActivation = workers, FeatureScaling = FeatureScaling.Standard };
        new SparseMlp(20, [30, 30], 4, options).Fit(
            Blobs.Data(batchSize * 24 + 1),
            new FitOptions { Epochs = 1, BatchSize = batchSize, MaxDegreeOfParallelism = threads, Callbacks = [watch] });
        Assert.Equal(20, watch.Steps);
        return watch;
    }

    /// <summary>Counts what steps allocate, from when code is compiled and memory is there.</summary>
    private sealed class AllocationWatch(WatchingActivation workers) : TrainingCallback
    {
        private const int WarmUp = 5;
        private long _onCaller;
        private int _collections;

        /// <summary>Bytes on the thread that called Fit.</summary>
        public long OnCaller { get; private set; }

        /// <summary>Bytes on the thread that computed and allocated the most, the caller's included.</summary>
        public long OnWorkers => workers.Most;

        public int Steps { get; private set; }

        /// <summary>Collections while it counted.</summary>
        public int Collections { get; private set; }

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            if (record.Step > WarmUp)
            {
                OnCaller = GC.GetAllocatedBytesForCurrentThread() - _onCaller;
                Collections = GC.CollectionCount(0) - _collections;
                Steps++;
            }
            else if (record.Step == WarmUp)
            {
                // A collection that began before, and ends while this counts, shows as memory allocated on the threads that
                // it stops.
                GC.Collect();
                _collections = GC.CollectionCount(0);
                workers.Start();
                _onCaller = GC.GetAllocatedBytesForCurrentThread();
            }

            return TrainingDecision.Continue;
        }
    }

    /// <summary>
    /// Notes on each thread that computes what it has allocated since it first did so: threads of the test runner allocate
    /// whenever they like, so that a count over the process says nothing.
    /// </summary>
    private sealed class WatchingActivation(Activation inner, int leak) : Activation("Watching")
    {
        private readonly long[] _first = new long[10_000];
        private readonly long[] _last = new long[10_000];
        private volatile bool _counts;

        public long Most => _last.Zip(_first, (last, first) => last - first).Max();

        public override int ParametersPerNeuron => inner.ParametersPerNeuron;

        public byte[] Last { get; private set; } = [];

        public void Start() => _counts = true;

        public override void InitializeParameters(Span<float> parameters) => inner.InitializeParameters(parameters);

        public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
        {
            inner.Forward(z, a, width, parameters);
            if (leak > 0)
            {
                Last = new byte[leak];
            }

            if (_counts)
            {
                int thread = Environment.CurrentManagedThreadId;
                long bytes = GC.GetAllocatedBytesForCurrentThread();
                _first[thread] = _first[thread] == 0 ? bytes : _first[thread];
                _last[thread] = bytes;
            }
        }

        public override void Backward(
            ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width, ReadOnlySpan<float> parameters) =>
            inner.Backward(z, a, da, dz, width, parameters);

        public override void ParameterGradient(
            ReadOnlySpan<float> z, ReadOnlySpan<float> da, int width, ReadOnlySpan<float> parameters, Span<float> gradient) =>
            inner.ParameterGradient(z, da, width, parameters, gradient);
    }
}
