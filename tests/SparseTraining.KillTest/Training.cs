using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Randomness;

namespace SparseTraining.KillTest;

/// <summary>A run that saves its state after every second step, and its model at the end.</summary>
internal static class Training
{
    public const string ModelName = "model.sparse";
    public const string CheckpointFolder = "checkpoints";
    private const int Features = 40;

    public static void Run(string folder)
    {
        string checkpoints = Path.Combine(folder, CheckpointFolder);
        var model = new SparseMlp(Features, [200, 100], 3, new SparseMlpOptions
        {
            Epsilon = 8,
            Evolution = TopologyEvolution.Set(),
            Optimizer = Optimizers.Optimizers.Adam(),
            Dropout = 0.2,
            Seed = 11,
        });
        model.Fit(Data(), new FitOptions
        {
            Epochs = 12,
            BatchSize = 20,
            Callbacks = [new CheckpointCallback(checkpoints) { EverySteps = 2, KeepLast = 2, KeepBest = true }],
            ResumeFrom = Checkpoint.LoadNewest(checkpoints),
        });
        model.Save(Path.Combine(folder, ModelName));
    }

    private static Dataset Data()
    {
        var random = new RandomGenerator(5);
        var x = new float[300][];
        var labels = new int[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            labels[i] = i % 3;
            x[i] = [.. Enumerable.Range(0, Features).Select(f => random.NextSingle() + (f % 3 == labels[i] ? 0.3f : 0f))];
        }

        return Dataset.FromLabels(x, labels);
    }
}
