using SparseTraining.Data;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Training;
using KnownActivations = SparseTraining.Activations.Activations;
using KnownLosses = SparseTraining.Losses.Losses;

namespace SparseTraining.Tests.Training;

/// <summary>Samples that a network is sure of must not fill the backward pass with subnormal numbers, which some processors multiply slowly.</summary>
public class TinyGradientTests
{
    [Theory]
    [InlineData(60, false)]
    [InlineData(90, true)]
    [InlineData(100, true)]
    public void Gradients_of_the_loss_below_two_to_the_minus_100_are_zero(float margin, bool isTiny)
    {
        var layer = new DenseLinearLayer(1, 2);
        layer.WeightValues[0] = margin;
        var network = new Network(
            [new NetworkLayer(layer, KnownActivations.Softmax, 0f, WeightInitializers.Zero, false, false)], KnownLosses.CategoricalCrossEntropy());
        var workspace = new Workspace(network, batchSize: 1, forTraining: true);
        var batch = new MiniBatch(1, 1, TargetKind.ClassLabels, 2);
        using BatchReader reader = new Dataset(FeatureMatrix.FromRows([[1f]]), Targets.FromLabels(new[] { 0 })).OpenPass(null);
        Assert.Equal(1, reader.Read(batch));
        var pass = new ForwardPass(network, workspace, MlpTask.MulticlassClassification);
        pass.Prepare(batch, 1, null, [], training: true, 0);
        pass.Run(WorkerTeam.Alone);
        float gradient = workspace.GradientTile(0, 0, 2)[1];
        Assert.Equal(isTiny ? 0f : MathF.Exp(-margin), gradient, MathF.Exp(-margin) * 1e-3f);
        Assert.Equal(isTiny, gradient == 0);
        Assert.True(workspace.OutputTile(0, 0, 2)[1] > 0, "The output itself is not touched.");
    }
}
