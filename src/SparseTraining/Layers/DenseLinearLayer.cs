using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Randomness;

namespace SparseTraining.Layers;

/// <summary>A fully connected layer: the baseline, and what a sparse layer of density 1 equals bit for bit.</summary>
public sealed class DenseLinearLayer : LinearLayer
{
    /// <summary>Makes a layer whose weights and biases are 0.</summary>
    /// <param name="inputSize">Input neurons, at least 1.</param>
    /// <param name="outputSize">Output neurons, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or inputs · outputs is more than an array holds.</exception>
    public DenseLinearLayer(int inputSize, int outputSize)
        : base(inputSize, outputSize, CheckedWeightCount(inputSize, outputSize))
    {
    }

    /// <inheritdoc/>
    public override int LinkCount => WeightValues.Length;

    internal static int CheckedWeightCount(int inputSize, int outputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
        if ((long)inputSize * outputSize > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputSize), outputSize, $"A dense layer holds at most {Array.MaxLength} weights; {inputSize} inputs leave room for {Array.MaxLength / inputSize} outputs.");
        }

        return inputSize * outputSize;
    }

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) =>
        LinkInitialization.FillDense(InputSize, OutputSize, initializer, random, WeightValues);

    internal override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount) =>
        DenseMM.Multiply(WeightValues, InputSize, 1, InputSize, BiasValues, input, output, width, firstRow, rowCount);

    internal override void BackwardRows(ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstRow, int rowCount) =>
        DenseMM.Multiply(WeightValues, 1, InputSize, OutputSize, [], outputGradient, inputGradient, width, firstRow, rowCount);

    internal override void WeightGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, int width, int first, Span<float> gradient) =>
        Sddmm.DenseGradient(input, outputGradient, width, InputSize, OutputSize, first, gradient);
}
