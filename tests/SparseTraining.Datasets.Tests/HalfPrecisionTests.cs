using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Persistence;
using SparseTraining.Schedules;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Datasets.Tests;

/// <summary>What two bytes a weight instead of four cost on real data.</summary>
public class HalfPrecisionTests
{
    [Theory]
    [InlineData(WeightPrecision.Float16)]
    [InlineData(WeightPrecision.BFloat16)]
    public void Half_precision_costs_at_most_one_digit_of_599(WeightPrecision precision)
    {
        (Dataset train, Dataset test) = DataSplit.Stratified(Digits.Load(), testFraction: 1.0 / 3, seed: 1);
        var model = new SparseMlp(64, [128], 10, new SparseMlpOptions
        {
            Epsilon = 5,
            Evolution = TopologyEvolution.Set(ZetaSchedules.ExponentialDecay(initial: 0.3, interest: 0.2)),
            Optimizer = KnownOptimizers.Momentum(learningRate: 0.05),
            Seed = 1,
        })
        { ClassNames = Digits.ClassNames };
        model.Fit(train, new FitOptions { Epochs = 15, BatchSize = 20, MaxDegreeOfParallelism = 1 });
        using var stream = new MemoryStream();
        model.Save(stream, new ModelFileOptions { Precision = precision });
        stream.Position = 0;
        double exact = model.Evaluate(test).Accuracy;
        Assert.InRange(exact, 0.95, 1);
        Assert.InRange(SparseMlp.Load(stream).Evaluate(test).Accuracy, exact - (1.01 / test.Count), exact + (1.01 / test.Count));
    }
}
