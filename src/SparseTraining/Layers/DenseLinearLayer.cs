using SparseTraining.Initialization;
using SparseTraining.Randomness;

namespace SparseTraining.Layers;

/// <summary>A fully connected layer: the baseline, and what a sparse layer of density 1 equals bit for bit.</summary>
public sealed class DenseLinearLayer : FullLinearLayer
{
    /// <summary>Makes a layer whose weights and biases are 0.</summary>
    /// <param name="inputSize">Input neurons, at least 1.</param>
    /// <param name="outputSize">Output neurons, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or inputs · outputs is more than an array holds.</exception>
    public DenseLinearLayer(int inputSize, int outputSize)
        : base(inputSize, outputSize)
    {
    }

    /// <inheritdoc/>
    public override int LinkCount => WeightValues.Length;

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) =>
        LinkInitialization.FillDense(InputSize, OutputSize, initializer, random, WeightValues);
}
