using SparseTraining.Data;
using SparseTraining.Datasets;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Schedules;
using SparseTraining.Training;

namespace SparseTraining.Reports.Tests;

/// <summary>Short runs to report on.</summary>
internal static class Runs
{
    public static SparseMlp Digits(EvolutionInterval? interval = null) => new(64, [60, 40], 10, new SparseMlpOptions
    {
        Density = DensityAllocation.Uniform(0.1),
        Evolution = interval == EvolutionInterval.Never ? TopologyEvolution.None : TopologyEvolution.Set(ZetaSchedules.Constant(0.3)),
        Optimizer = Optimizers.Optimizers.Momentum(0.05, 0.9),
        Seed = 3,
    });

    public static FitResult Fit(SparseMlp model, int epochs = 4, TopologyHistory? history = null, bool validates = true)
    {
        (Dataset train, Dataset test) = DataSplit.Stratified(Datasets.Digits.Load(), testFraction: 0.5, seed: 1);
        return model.Fit(train, new FitOptions
        {
            Epochs = epochs,
            Validation = validates ? test : null,
            Callbacks = history is null ? [] : [history],
            MaxDegreeOfParallelism = 1,
        });
    }
}
