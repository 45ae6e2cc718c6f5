using SparseTraining.Kernels;

namespace SparseTraining.Layers;

/// <summary>A layer that stores a weight for every position: dense, or dense under a mask.</summary>
public abstract class FullLinearLayer : LinearLayer
{
    private protected FullLinearLayer(int inputSize, int outputSize)
        : base(inputSize, outputSize, CheckedWeightCount(inputSize, outputSize))
    {
    }

    internal sealed override int ScratchLength => 0;

    internal sealed override int RowGroup => DenseMV.RowsAtOnce;

    private static int CheckedWeightCount(int inputSize, int outputSize)
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

    /// <remarks>A row of weights is read in whole cache lines where at least sixteen inputs make a piece.</remarks>
    internal sealed override int InputsOfPiece(int firstInput, int pieceWeights) =>
        Math.Min(InputSize - firstInput, Math.Clamp(pieceWeights / OutputSize & ~15, 16, PieceInputs));

    internal sealed override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount)
    {
        if (width == 1)
        {
            DenseMV.Multiply(WeightValues, BiasValues, input, output[..rowCount], firstRow);
        }
        else
        {
            DenseMM.Multiply(WeightValues, InputSize, 1, InputSize, BiasValues, input, output, width, firstRow, rowCount);
        }
    }

    internal override void BackwardInputs(in BackwardTile tile, Span<float> weightGradient, Span<float> scratch)
    {
        if (!tile.InputGradient.IsEmpty)
        {
            BackwardRows(tile.OutputGradient, tile.InputGradient, tile.Width, tile.FirstInput, tile.InputCount, []);
        }

        DenseGradient.Run(
            tile.Input.Slice(tile.FirstInput * tile.Width, tile.InputCount * tile.Width),
            tile.OutputGradient,
            tile.Width,
            weightGradient[tile.FirstInput..],
            InputSize,
            tile.Adds);
    }

    private protected sealed override void BackwardRows(
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstInput, int inputCount, Span<float> scratch) =>
        DenseMM.Multiply(WeightValues, 1, InputSize, OutputSize, [], outputGradient, inputGradient, width, firstInput, inputCount);
}
