using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Training;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Datasets.Tests;

/// <summary>Tests that look at the whole process: they run one by one, when all others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A long run keeps a record of each epoch, and nothing else.</summary>
[Collection(nameof(Alone))]
public class LongRunTests(ITestOutputHelper output)
{
    [Fact]
    public void Memory_grows_by_the_history_alone()
    {
        // 2,000 epochs with SPARSETRAINING_LONG=1.
        bool isLong = Environment.GetEnvironmentVariable("SPARSETRAINING_LONG") == "1";
        int epochs = isLong ? 2000 : 100;
        (Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);
        var model = new SparseMlp(64, [256, 256], 10, new SparseMlpOptions
        {
            Evolution = TopologyEvolution.Set(),
            Optimizer = KnownOptimizers.Momentum(learningRate: 0.01),
            Dropout = 0.2,
            Seed = 1,
        });
        string folder = Directory.CreateTempSubdirectory("sparse-").FullName;
        var memory = new Memory(epochs / 10, epochs);
        FitResult fit = model.Fit(train, new FitOptions
        {
            Epochs = epochs,
            Validation = test,
            Callbacks = [new CheckpointCallback(folder) { EveryEpochs = epochs / 20, KeepBest = true }, memory],
        });
        Directory.Delete(folder, recursive: true);

        long heapGrowth = memory.Heap[1] - memory.Heap[0];
        long history = (fit.History.Count - (epochs / 10)) * (BytesOf(() => model.Evaluate(test)) + BytesOf(() => fit.Final with { }));
        output.WriteLine($"epochs {epochs / 10} and {epochs}: heap {memory.Heap[0]} and {memory.Heap[1]} bytes,"
            + $" working set {memory.WorkingSet[0]} and {memory.WorkingSet[1]} bytes; {history} bytes of records between them");
        Assert.Equal(epochs, fit.History.Count);
        Assert.InRange(heapGrowth, long.MinValue, history + (256 << 10));
        if (isLong)
        {
            // The heap's own slack, and code that is compiled again in the meantime.
            Assert.InRange(memory.WorkingSet[1] - memory.WorkingSet[0], long.MinValue, history + (16 << 20));
        }
    }

    private static long BytesOf(Func<object> make)
    {
        const int Count = 100;
        var objects = new object[Count];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
        {
            objects[i] = make();
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(objects);
        return (after - before) / Count;
    }

    private sealed class Memory(params int[] epochs) : TrainingCallback
    {
        public List<long> Heap { get; } = [];

        public List<long> WorkingSet { get; } = [];

        public override TrainingDecision OnEpochEnd(EpochRecord record)
        {
            if (epochs.Contains(record.Epoch))
            {
                Heap.Add(GC.GetTotalMemory(forceFullCollection: true));
                WorkingSet.Add(Environment.WorkingSet);
            }

            return TrainingDecision.Continue;
        }
    }
}
