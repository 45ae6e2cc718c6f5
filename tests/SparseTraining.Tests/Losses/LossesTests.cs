using SparseTraining.Losses;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;

namespace SparseTraining.Tests.Losses;

public class LossesTests
{
    [Fact]
    public void Names_show_the_constants()
    {
        Loss[] all =
        [
            KnownLosses.CategoricalCrossEntropy(), KnownLosses.CategoricalCrossEntropy(0.1), KnownLosses.BinaryCrossEntropy(),
            KnownLosses.MeanSquaredError(), KnownLosses.Huber(1.5),
        ];
        Assert.Equal(
            ["CategoricalCrossEntropy(0)", "CategoricalCrossEntropy(0.1)", "BinaryCrossEntropy", "MeanSquaredError", "Huber(1.5)"],
            all.Select(l => l.Name));
        Assert.Equal(all.Select(l => l.Name), all.Select(l => l.ToString()));
    }

    [Fact]
    public void Cross_entropies_are_fused_with_their_activation()
    {
        Assert.True(KnownLosses.CategoricalCrossEntropy().GradientIsWithRespectToLogits);
        Assert.True(KnownLosses.BinaryCrossEntropy().GradientIsWithRespectToLogits);
        Assert.False(KnownLosses.MeanSquaredError().GradientIsWithRespectToLogits);
        Assert.False(KnownLosses.Huber().GradientIsWithRespectToLogits);
    }

    [Fact]
    public void Incompatible_activations_are_named()
    {
        KnownLosses.CategoricalCrossEntropy().ThrowIfIncompatible(KnownActivations.Softmax);
        KnownLosses.BinaryCrossEntropy().ThrowIfIncompatible(KnownActivations.Sigmoid());
        KnownLosses.MeanSquaredError().ThrowIfIncompatible(KnownActivations.Softmax);
        KnownLosses.Huber().ThrowIfIncompatible(KnownActivations.Relu);

        var error = Assert.Throws<ArgumentException>(
            "outputActivation", () => KnownLosses.CategoricalCrossEntropy(0.1).ThrowIfIncompatible(KnownActivations.Sigmoid()));
        Assert.StartsWith(
            "CategoricalCrossEntropy(0.1) needs the output activation Softmax, not Sigmoid(1).",
            error.Message,
            StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(
            "outputActivation", () => KnownLosses.BinaryCrossEntropy().ThrowIfIncompatible(KnownActivations.Sigmoid(2)));
        Assert.StartsWith(
            "BinaryCrossEntropy needs the output activation Sigmoid(1), not Sigmoid(2).", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => KnownLosses.Huber().ThrowIfIncompatible(null!));
    }

    [Fact]
    public void Constants_out_of_range_are_named()
    {
        Fails(
            "labelSmoothing", "labelSmoothing is 1; it must be in [0, 1).",
            () => KnownLosses.CategoricalCrossEntropy(1));
        Fails(
            "labelSmoothing", "labelSmoothing is -0.1; it must be in [0, 1).",
            () => KnownLosses.CategoricalCrossEntropy(-0.1));
        Fails("delta", "delta is 0; it must be finite and above 0.", () => KnownLosses.Huber(0));
    }

    [Fact]
    public void Confident_logits_keep_their_loss_and_their_gradient()
    {
        var loss = new double[1];
        var gradient = new float[2];
        KnownLosses.CategoricalCrossEntropy().Evaluate([200f, 0f], [1f, 0f], [0f, 1f], [1f], 1, gradient, loss);
        Assert.Equal(200, loss[0], 1e-12);
        Assert.Equal([1f, -1f], gradient);
        KnownLosses.BinaryCrossEntropy().Evaluate([200f, -300f], [1f, 0f], [0f, 1f], [1f], 1, gradient, loss);
        Assert.Equal(250, loss[0], 1e-12);
        Assert.Equal([0.5f, -0.5f], gradient);
    }

    [Fact]
    public void An_unwanted_class_may_have_a_logit_of_minus_infinity()
    {
        var loss = new double[1];
        KnownLosses.CategoricalCrossEntropy().Evaluate([1f, float.NegativeInfinity], [1f, 0f], [1f, 0f], [1f], 1, [], loss);
        Assert.Equal(0, loss[0]);
    }

    private static void Fails(string parameter, string message, Action action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, action);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
