using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Optimizers;
using SparseTraining.Persistence;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Topology;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;
using KnownOptimizers = SparseTraining.Optimizers.Optimizers;

namespace SparseTraining.Tests.Persistence;

/// <summary>Every building block of the library comes back from its text; one of a user's own stands for itself.</summary>
public class PartTextTests
{
    private static readonly SparseMlpOptions[] Known =
    [
        .. new[]
        {
            KnownOptimizers.Sgd(1 / 3.0), KnownOptimizers.Momentum(), KnownOptimizers.Nesterov(0.1, 0), KnownOptimizers.RmsProp(),
            KnownOptimizers.Adam(1e-5), KnownOptimizers.AdamW(),
        }.Select(optimizer => new SparseMlpOptions { Optimizer = optimizer }),
        .. new[]
        {
            KnownLosses.CategoricalCrossEntropy(0.1), KnownLosses.BinaryCrossEntropy(), KnownLosses.MeanSquaredError(), KnownLosses.Huber(0.3),
        }.Select(loss => new SparseMlpOptions { Loss = loss }),
        .. new[]
        {
            WeightInitializers.Zero, WeightInitializers.HeUniform(), WeightInitializers.HeNormal(denseFanIn: true), WeightInitializers.GlorotUniform(denseFanIn: true),
            WeightInitializers.GlorotNormal(), WeightInitializers.Normal(0.2), WeightInitializers.Uniform(1e-3),
        }.Select(initializer => new SparseMlpOptions { WeightInitializer = initializer }),
        .. new[]
        {
            DensityAllocation.Epsilon(7.5), DensityAllocation.Uniform(0.05), DensityAllocation.PerLayer(0.1, 0.2), DensityAllocation.ErdosRenyiKernel(1),
        }.Select(density => new SparseMlpOptions { Density = density }),
        .. new[] { PruneCriteria.SignedMagnitude, PruneCriteria.Magnitude, PruneCriteria.PublishedThreshold }
            .Select(prune => new SparseMlpOptions { Evolution = new() { Prune = prune } }),
        .. new[] { GrowCriteria.UniformRandom, GrowCriteria.LargestGradient }.Select(grow => new SparseMlpOptions { Evolution = new() { Grow = grow } }),
        .. new[]
        {
            KnownActivations.Relu, KnownActivations.Gelu, KnownActivations.Tanh, KnownActivations.Identity, KnownActivations.LeakyRelu(), KnownActivations.AllRelu(0.1),
            KnownActivations.AllRelu(0.1).ForLayer(2), KnownActivations.SRelu(-1, 2, 3, 4), KnownActivations.Elu(3), KnownActivations.Swish(2), KnownActivations.Sigmoid(0.1),
        }.Select(activation => new SparseMlpOptions { HiddenActivation = activation }),
        .. new[]
        {
            LearningRateSchedules.Constant, LearningRateSchedules.Step(3, 0.5), LearningRateSchedules.Exponential(0.9), LearningRateSchedules.Cosine(0.1),
            LearningRateSchedules.OneCycle(), LearningRateSchedules.LossDriven(), LearningRateSchedules.WarmUp(2.5, LearningRateSchedules.Step(1, 0.1)),
        }.Select(rate => new SparseMlpOptions { LearningRateSchedule = rate }),
    ];

    private static readonly SparseMlpOptions[] Foreign =
    [
        new() { Optimizer = new OwnOptimizer() },
        new() { WeightInitializer = new OwnInitializer() },
        new() { LearningRateSchedule = LearningRateSchedules.WarmUp(1, new OwnRate()) },
        new() { Evolution = new() { Prune = PruneCriteria.LowestScore(Math.Abs) } },
        new() { Evolution = new() { Grow = new OwnGrowth() } },
        new() { Evolution = new() { Zeta = ZetaSchedules.Piecewise(ZetaSection.FromIndex(0, ZetaSchedules.FromFunction(_ => 0.1))) } },
    ];

    [Fact]
    public void A_block_of_the_library_comes_back_as_itself()
    {
        foreach (SparseMlpOptions options in Known)
        {
            KeyValuePair<string, string>[] text = OptionsText.Of(options);
            SparseMlpOptions back = OptionsText.Parse(text);
            Assert.Equal(text, OptionsText.Of(back));
            Assert.DoesNotContain(text, pair => pair.Value.StartsWith(Part.Foreign));
            OptionsText.ThrowIfForeign(back);
        }

        // All have a text of their own; five are the defaults and share one.
        Assert.Equal(Known.Length - 4, Known.Select(options => string.Join(';', OptionsText.Of(options))).Distinct().Count());
    }

    [Fact]
    public void A_block_of_a_users_own_stands_for_itself_and_is_missed_when_it_is_needed()
    {
        foreach (SparseMlpOptions options in Foreign)
        {
            KeyValuePair<string, string>[] text = OptionsText.Of(options);
            Assert.Single(text, pair => pair.Value.StartsWith(Part.Foreign));
            SparseMlpOptions back = OptionsText.Parse(text);
            Assert.Equal(text, OptionsText.Of(back));
            Assert.Throws<InvalidOperationException>(() => OptionsText.ThrowIfForeign(back));
            Assert.Throws<InvalidOperationException>(() => Use(back));
        }
    }

    [Fact]
    public void A_zeta_schedule_comes_back_with_its_values_and_a_readable_text()
    {
        IZetaSchedule linear = ZetaSchedules.LinearDecay(0.4, 0.1);
        (string Text, IZetaSchedule Schedule)[] schedules =
        [
            ("Constant(0.2)", ZetaSchedules.Constant(0.2)),
            ("LinearDecay(0.4, 0.1)", linear),
            ("Oscillating(0.4, 0.1, 2)", ZetaSchedules.Oscillating(0.4, 0.1, 2)),
            ("ExponentialDecay(0.4, 0.1)", ZetaSchedules.ExponentialDecay(0.4, 0.1)),
            ("CosineDecay(0.4, 0.1)", ZetaSchedules.CosineDecay(0.4, 0.1)),
            ("Clamp(LinearDecay(0.4, 0.1), 0.2, 0.3)", linear.Clamp(0.2, 0.3)),
            ("Sum(Constant(0.05), LinearDecay(0.4, 0.1))", ZetaSchedules.Sum(ZetaSchedules.Constant(0.05), linear)),
            ("Product(Constant(0.5), LinearDecay(0.4, 0.1))", ZetaSchedules.Product(ZetaSchedules.Constant(0.5), linear)),
            (
                "Piecewise(FromFraction(0, LinearDecay(0.4, 0.1)), FromFraction(0.5, Constant(0.3)))",
                ZetaSchedules.Piecewise(ZetaSection.FromFraction(0, linear), ZetaSection.FromFraction(0.5, ZetaSchedules.Constant(0.3)))),
            (
                "Piecewise(FromIndex(0, Constant(0.3)), FromIndex(4, LinearDecay(0.4, 0.1)))",
                ZetaSchedules.Piecewise(ZetaSection.FromIndex(0, ZetaSchedules.Constant(0.3)), ZetaSection.FromIndex(4, linear))),
        ];
        foreach ((string text, IZetaSchedule schedule) in schedules)
        {
            KeyValuePair<string, string>[] written = OptionsText.Of(new SparseMlpOptions { Evolution = new() { Zeta = schedule } });
            Assert.Contains(text, written.Select(pair => pair.Value));
            IZetaSchedule back = OptionsText.Parse(written).Evolution.Zeta;
            Assert.All(Enumerable.Range(0, 10), epoch => Assert.Equal(schedule.GetZeta(new ZetaContext(epoch, 10, 1)), back.GetZeta(new ZetaContext(epoch, 10, 1))));
        }
    }

    [Fact]
    public void An_initializer_comes_back_drawing_the_same_weights()
    {
        foreach (SparseMlpOptions options in Known.Where(options => options.WeightInitializer is not null))
        {
            WeightInitializer back = OptionsText.Parse(OptionsText.Of(options)).WeightInitializer!;
            var fan = new FanCounts(50, 30, 5, 3);
            Assert.Equal(options.WeightInitializer!.Draw(fan, new RandomGenerator(1)), back.Draw(fan, new RandomGenerator(1)));
        }
    }

    /// <summary>Does with the options what only their author's blocks can do.</summary>
    private static void Use(SparseMlpOptions options)
    {
        WeightMask mask = WeightMask.Full(1, 2);
        var random = new RandomGenerator(1);
        options.Optimizer.Update([], [], [], [], new UpdateContext(1, 0.1));
        options.WeightInitializer?.Draw(new FanCounts(1, 1, 1, 1), random);
        options.LearningRateSchedule.GetScale(new TrainingProgress());
        options.Evolution.Zeta.GetZeta(new ZetaContext(0, 1, 0));
        options.Evolution.Prune.Prune(new PruneContext(mask, [1f, 2f], 0.5, random), [true, true]);
        options.Evolution.Grow.Grow(new GrowContext(WeightMask.Empty(1, 2), 1, random, null));
    }

    private sealed class OwnOptimizer() : Optimizer("Own(1)", 0.1)
    {
        public override int StateCount => 0;

        public override void Update(
            Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> firstState, Span<float> secondState, in UpdateContext context)
        {
        }
    }

    private sealed class OwnInitializer : WeightInitializer
    {
        public override float Draw(in FanCounts fan, RandomGenerator random) => 1;
    }

    private sealed class OwnRate : ILearningRateSchedule
    {
        public double GetScale(in TrainingProgress progress) => 1;
    }

    private sealed class OwnGrowth : IGrowCriterion
    {
        public WeightMask Grow(in GrowContext context) => WeightMask.Empty(1, 2);
    }
}
