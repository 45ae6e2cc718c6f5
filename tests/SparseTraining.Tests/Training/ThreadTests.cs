using SparseTraining.Data;
using SparseTraining.Randomness;
using SparseTraining.Training;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

/// <summary>What becomes of the threads, seen from outside.</summary>
[Collection(nameof(Alone))]
public class ThreadTests
{
    /// <summary>As much of a worker's name as Linux keeps.</summary>
    private const string WorkerName = "SparseTraining ";

    public static TheoryData<string> Ends => ["completed", "stopped", "cancelled", "callback-throws", "source-throws", "diverged"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void No_thread_stays_when_training_ends(string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads are counted where Linux lists them.");
        using var cancellation = new CancellationTokenSource();
        bool seen = false;
        var watch = new StepAction(step =>
        {
            seen |= SpinWait.SpinUntil(() => Workers() == 3, TimeSpan.FromSeconds(5));
            if (step == 3 && end == "cancelled")
            {
                cancellation.Cancel();
            }

            return step == 3 && end == "callback-throws"
                ? throw new InvalidOperationException("Thrown by a callback.")
                : step == 3 && end == "stopped" ? TrainingDecision.Stop : TrainingDecision.Continue;
        });
        var options = new SparseMlpOptions { Epsilon = 4, Optimizer = KnownOptimizers.Sgd(end == "diverged" ? 1e30 : 0.01) };
        var mlp = new SparseMlp(20, [30], 4, options);
        BatchSource data = end == "source-throws" ? new FailingSource(Blobs.Data(200)) : Blobs.Data(200);
        var fit = new FitOptions
        {
            Epochs = 2,
            BatchSize = 40,
            MaxDegreeOfParallelism = 4,
            CancellationToken = cancellation.Token,
            Callbacks = [watch],
            Validation = Blobs.Data(300, seed: 2),
        };
        Exception? thrown = Record.Exception(() => mlp.Fit(data, fit));
        Assert.Equal(
            end switch
            {
                "cancelled" => typeof(OperationCanceledException),
                "callback-throws" => typeof(InvalidOperationException),
                "source-throws" => typeof(IOException),
                "diverged" => typeof(TrainingDivergedException),
                _ => null,
            },
            thrown?.GetType());
        Assert.True(seen, "The caller and three workers were to be at work.");
        AssertNoWorkers();
    }

    [Fact]
    public void No_thread_stays_when_many_samples_were_predicted_or_measured()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads are counted where Linux lists them.");
        var mlp = new SparseMlp(20, [30], 4, SparseMlpFitTests.SmallOptions);
        mlp.Fit(Blobs.Data(100), new FitOptions { Epochs = 1, MaxDegreeOfParallelism = 1 });
        AssertNoWorkers();
        Assert.Equal(1000, mlp.Predict(Blobs.Data(1000), maxDegreeOfParallelism: 4).Length);
        AssertNoWorkers();
        Assert.Equal(1000, mlp.Evaluate(Blobs.Data(1000), maxDegreeOfParallelism: 4).SampleCount);
        AssertNoWorkers();
        Assert.Throws<IOException>(() => mlp.Predict(new FailingSource(Blobs.Data(1000)), maxDegreeOfParallelism: 4));
        AssertNoWorkers();
    }

    [Fact]
    public void Models_that_train_at_once_get_the_bits_of_training_alone()
    {
        float[][] alone = [TrainedWeights(seed: 1), TrainedWeights(seed: 2)];
        Assert.NotEqual(alone[0], alone[1]);
        for (int round = 0; round < 5; round++)
        {
            var together = new float[2][];
            Thread[] threads = [.. Enumerable.Range(0, 2).Select(i => new Thread(() => together[i] = TrainedWeights((ulong)i + 1)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
            Assert.Equal(alone, together);
        }
    }

    /// <summary>Forty samples are tiles of 32 and 16: the narrow one goes back with the whole layer at once, for which its thread needs room.</summary>
    [Fact]
    public void Narrow_last_tiles_of_wide_layers_train_to_the_same_bits_on_any_number_of_threads()
    {
        float[] expected = Trained(threads: 1);
        Assert.Equal(expected, Trained(threads: 2));
        Assert.Equal(expected, Trained(threads: 3));

        static float[] Trained(int threads)
        {
            var mlp = new SparseMlp(20, [700, 900], 4, SparseMlpFitTests.SmallOptions with { Dropout = 0.2 });
            mlp.Fit(Blobs.Data(120), new FitOptions { Epochs = 2, BatchSize = 40, MaxDegreeOfParallelism = threads });
            return SparseMlpFitTests.Weights(mlp);
        }
    }

    private static float[] TrainedWeights(ulong seed)
    {
        var mlp = new SparseMlp(20, [40, 30], 4, SparseMlpFitTests.SmallOptions with { Seed = seed, Dropout = 0.2 });
        mlp.Fit(Blobs.Data(203), new FitOptions { Epochs = 4, BatchSize = 80, MaxDegreeOfParallelism = 2, Validation = Blobs.Data(77, seed: 3) });
        return SparseMlpFitTests.Weights(mlp);
    }

    /// <summary>A joined thread may be listed a moment longer.</summary>
    private static void AssertNoWorkers()
    {
        Assert.True(SpinWait.SpinUntil(() => Workers() == 0, TimeSpan.FromSeconds(5)), $"{Workers()} workers are still there.");
    }

    private static int Workers()
    {
        int workers = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                workers += File.ReadAllText(Path.Combine(task, "comm")) == WorkerName + "\n" ? 1 : 0;
            }
            catch (IOException)
            {
                // A thread that ended between the listing and the reading: not there any more.
            }
        }

        return workers;
    }

    private sealed class StepAction(Func<long, TrainingDecision> action) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record) => action(record.Step);
    }

    /// <summary>Gives its first batches and then throws.</summary>
    private sealed class FailingSource(BatchSource inner) : BatchSource
    {
        public override int FeatureCount => inner.FeatureCount;

        public override TargetKind TargetKind => inner.TargetKind;

        public override int TargetCount => inner.TargetCount;

        public override long? SampleCount => inner.SampleCount;

        public override BatchReader OpenPass(RandomGenerator? random) => new Reader(inner.OpenPass(random));

        private sealed class Reader(BatchReader inner) : BatchReader
        {
            private int _reads;

            public override int Read(MiniBatch batch) => ++_reads > 3 ? throw new IOException("The disk is gone.") : inner.Read(batch);
        }
    }
}
