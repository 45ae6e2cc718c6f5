using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Schedules;
using SparseTraining.Training;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Training;

/// <summary>What is left of an epoch that a learning-rate schedule has undone, and of one that early stopping goes back to.</summary>
public class UndoneEpochTests
{
    private static readonly Dataset Data = Blobs.Data(200);
    private static readonly FitOptions Run = new() { Epochs = 40, BatchSize = 20 };

    public static TheoryData<string, Optimizer, bool> Ways => new()
    {
        { "momentum", KnownOptimizers.Momentum(0.3), false },
        { "momentum with SET", KnownOptimizers.Momentum(0.3), true },
        { "Adam with SET", KnownOptimizers.Adam(0.03), true },
        { "SGD with SET", KnownOptimizers.Sgd(0.3), true },
    };

    /// <summary>The velocity of an undone epoch drives the loss up again at any rate, and the loss from before a rewire may be out of reach.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void A_rate_that_the_loss_drives_does_not_get_stuck(string name, Optimizer optimizer, bool evolves)
    {
        var mlp = new SparseMlp(20, [40, 40], 4, new()
        {
            Epsilon = 2,
            Seed = 5,
            Optimizer = optimizer,
            Evolution = evolves ? TopologyEvolution.Set() : TopologyEvolution.None,
            LearningRateSchedule = LearningRateSchedules.LossDriven(),
        });
        FitResult result = mlp.Fit(Data, Run);
        int accepted = result.History.Count(record => !record.WasUndone);
        Assert.True(accepted > Run.Epochs / 4, $"{name}: {accepted} epochs were accepted");
        Assert.DoesNotContain(Enumerable.Range(0, Run.Epochs - 3), first => result.History.Skip(first).Take(4).All(record => record.WasUndone));
    }

    [Fact]
    public void An_undone_epoch_leaves_an_optimizer_that_counts_from_its_start()
    {
        var optimizer = new Counting();
        Model(optimizer, new Undoes(2)).Fit(Data, Run with { Epochs = 4, MaxDegreeOfParallelism = 1 });
        Assert.Equal(40, optimizer.Seen.Count);
        Assert.All(optimizer.Seen, seen => Assert.Equal(seen.Step, seen.Updates));
        Assert.Equal(1, optimizer.Seen[20].Step);
    }

    [Fact]
    public void Best_weights_that_come_back_leave_an_optimizer_that_counts_from_its_start()
    {
        var optimizer = new Counting();
        SparseMlp mlp = Model(optimizer, LearningRateSchedules.Constant);
        FitResult first = mlp.Fit(Data, Run with { Epochs = 3, MaxDegreeOfParallelism = 1, EarlyStopping = new() { Metric = MonitoredMetric.TrainingLoss, MinDelta = 100 } });
        Assert.True(first.RestoredBestWeights);
        optimizer.Seen.Clear();
        mlp.Fit(Data, Run with { Epochs = 1, MaxDegreeOfParallelism = 1, WarmStart = true });
        Assert.All(optimizer.Seen, seen => Assert.Equal(seen.Step, seen.Updates));
        Assert.Equal(1, optimizer.Seen[0].Step);
    }

    [Fact]
    public void An_epoch_that_diverges_is_undone_too()
    {
        SparseMlp mlp = Model(KnownOptimizers.Sgd(0.05), new LeapsInEpoch(2));
        FitResult result = mlp.Fit(Data, Run with { Epochs = 5 });
        Assert.Equal([false, true, false, false, false], result.History.Select(record => record.WasUndone));
        Assert.Equal(double.NaN, result.History[1].TrainingLoss);
        Assert.True(result.History[^1].TrainingLoss < result.History[0].TrainingLoss);
        Assert.Equal([10, 20, 30, 40, 50], result.History.Select(record => record.Step));
        Assert.Throws<TrainingDivergedException>(() => Model(KnownOptimizers.Sgd(0.05), new LeapsInEpoch(1)).Fit(Data, Run));
    }

    [Fact]
    public void A_run_of_a_callback_that_diverges_is_not_this_one()
    {
        SparseMlp other = Model(KnownOptimizers.Sgd(1e30), LearningRateSchedules.Constant);
        SparseMlp mlp = Model(KnownOptimizers.Sgd(0.05), LearningRateSchedules.LossDriven());
        Assert.Throws<TrainingDivergedException>(() => mlp.Fit(Data, Run with { Callbacks = [new InEpochTwo(() => other.Fit(Data, Run))] }));
    }

    [Fact]
    public void An_undone_epoch_is_never_the_best()
    {
        SparseMlp mlp = Model(KnownOptimizers.Sgd(0.3), new Undoes(3));
        FitResult result = mlp.Fit(Data, Run with { Epochs = 3, Validation = Blobs.Data(80, seed: 7), EarlyStopping = new() });
        Assert.Equal(2, result.BestEpoch);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_factor_that_is_none_is_the_fault_of_its_schedule(double factor)
    {
        SparseMlp mlp = Model(KnownOptimizers.Sgd(0.05), new Gives(factor));
        string message = Assert.Throws<InvalidOperationException>(() => mlp.Fit(Data, Run)).Message;
        Assert.Contains("a schedule of the test", message, StringComparison.Ordinal);
        Assert.False(mlp.IsFitted);
    }

    private static SparseMlp Model(Optimizer optimizer, ILearningRateSchedule schedule) =>
        new(20, [30], 4, new() { Epsilon = 3, Seed = 7, Optimizer = optimizer, LearningRateSchedule = schedule, Evolution = TopologyEvolution.None });

    /// <summary>Counts updates in its state.</summary>
    private sealed class Counting() : Optimizer("Counting", 0.01)
    {
        public List<(long Step, float Updates)> Seen { get; } = [];

        public override int StateCount => 1;

        public override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> firstState, Span<float> secondState, in UpdateContext context)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= 0.01f * gradient[i];
                firstState[i]++;
            }

            if (Seen.Count == 0 || Seen[^1].Step != context.Step)
            {
                Seen.Add((context.Step, firstState[0]));
            }
        }
    }

    private sealed class InEpochTwo(Action action) : TrainingCallback
    {
        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            if (record.Epoch == 2)
            {
                action();
            }

            return TrainingDecision.Continue;
        }
    }

    private sealed class Undoes(int epoch) : ILearningRateSchedule
    {
        public bool MayUndoEpochs => true;

        public double GetScale(in TrainingProgress progress) => 1;

        public bool ShouldUndoEpoch(in TrainingProgress progress) => progress.Epoch == epoch - 1;
    }

    private sealed class LeapsInEpoch(int epoch) : ILearningRateSchedule
    {
        private readonly ILearningRateSchedule _inner = LearningRateSchedules.LossDriven();

        public bool MayUndoEpochs => true;

        public double GetScale(in TrainingProgress progress) => progress.Epoch == epoch - 1 ? 1e30 : _inner.GetScale(progress);

        public bool ShouldUndoEpoch(in TrainingProgress progress) => _inner.ShouldUndoEpoch(progress);
    }

    private sealed class Gives(double factor) : ILearningRateSchedule
    {
        public double GetScale(in TrainingProgress progress) => factor;

        public override string ToString() => "a schedule of the test";
    }
}
