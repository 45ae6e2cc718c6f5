using SparseTraining.Activations;
using SparseTraining.Evolution;
using SparseTraining.Initialization;
using SparseTraining.Losses;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;
using SparseTraining.Schedules;
using SparseTraining.Topology;

namespace SparseTraining.Persistence;

/// <summary>
/// Stands for a block that a user wrote and that a file can only name. A model predicts without it; whatever would need
/// it says so.
/// </summary>
internal interface IForeignPart
{
    /// <summary>The exception for a use of the block.</summary>
    static InvalidOperationException Missing(object part) => new(
        $"\"{part}\" was a part of its author's own when the model was saved, and a file holds only its name. Give the options to Load.");
}

internal sealed record ForeignZeta(string Text) : IZetaSchedule, IForeignPart
{
    public double GetZeta(in ZetaContext context) => throw IForeignPart.Missing(this);

    public override string ToString() => Text;
}

internal sealed record ForeignRate(string Text) : ILearningRateSchedule, IForeignPart
{
    public double GetScale(in TrainingProgress progress) => throw IForeignPart.Missing(this);

    public override string ToString() => Text;
}

internal sealed record ForeignPrune(string Text) : IPruneCriterion, IForeignPart
{
    public void Prune(in PruneContext context, Span<bool> keep) => throw IForeignPart.Missing(this);

    public override string ToString() => Text;
}

internal sealed record ForeignGrow(string Text) : IGrowCriterion, IForeignPart
{
    public WeightMask Grow(in GrowContext context) => throw IForeignPart.Missing(this);

    public override string ToString() => Text;
}

internal sealed class ForeignInitializer(string text) : WeightInitializer, IForeignPart
{
    public override float Draw(in FanCounts fan, RandomGenerator random) => throw IForeignPart.Missing(this);

    public override string ToString() => text;
}

/// <summary>The learning rate is never read: training stops at the first thing it does with this.</summary>
internal sealed class ForeignOptimizer(string text) : Optimizer(text, learningRate: 1), IForeignPart
{
    public override int StateCount => throw IForeignPart.Missing(this);

    public override void Update(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> firstState, Span<float> secondState, in UpdateContext context) =>
        throw IForeignPart.Missing(this);
}

internal sealed class ForeignLoss(string text) : Loss(text), IForeignPart
{
    public override bool GradientIsWithRespectToLogits => throw IForeignPart.Missing(this);

    public override void ThrowIfIncompatible(Activation outputActivation)
    {
        // The author's loss took this activation when the model was made.
    }

    public override void Evaluate(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        int width,
        Span<float> gradient,
        Span<double> sampleLosses)
    {
        if (!gradient.IsEmpty)
        {
            throw IForeignPart.Missing(this);
        }

        // Predictions and all other metrics of an evaluation do without; the loss itself is not known.
        sampleLosses.Fill(double.NaN);
    }
}
