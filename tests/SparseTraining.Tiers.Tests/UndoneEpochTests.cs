using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Schedules;

namespace SparseTraining.Tiers.Tests;

public class UndoneEpochTests
{
    /// <summary>
    /// What the backward pass has planned for the links of an epoch does not fit those from before it; without wide vectors, which take both
    /// gradients in one walk, there would be too little room.
    /// </summary>
    [Fact]
    public void After_an_undone_epoch_with_other_links_training_goes_on()
    {
        var options = new SparseMlpOptions
        {
            Density = DensityAllocation.Uniform(0.3),
            Evolution = TopologyEvolution.Set() with { Interval = EvolutionInterval.EverySteps(1) },
            LearningRateSchedule = new UndoesEveryEpoch(),
            Seed = 1,
        };
        var mlp = new SparseMlp(20, [600, 600], 2, options);
        var random = new RandomGenerator(3);
        float[][] features = [.. Enumerable.Range(0, 64).Select(_ => Enumerable.Range(0, 20).Select(_ => random.NextSingle()).ToArray())];
        int[] labels = [.. features.Select(row => row[0] > 0.5f ? 1 : 0)];
        mlp.Fit(features, labels, new FitOptions { Epochs = 3, BatchSize = 32, MaxDegreeOfParallelism = 1 });
        Assert.Equal(108_000, mlp.Layers[1].LinkCount);
    }

    private sealed class UndoesEveryEpoch : ILearningRateSchedule
    {
        public bool MayUndoEpochs => true;

        public double GetScale(in TrainingProgress progress) => 1;

        public bool ShouldUndoEpoch(in TrainingProgress progress) => true;
    }
}
