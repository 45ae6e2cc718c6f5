using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>
/// A sparse layer that only predicts: rows of links, weights and biases, without the transposed index that training needs
/// and that takes as much memory again.
/// </summary>
internal sealed class InferenceSparseLayer(WeightMask mask) : LinearLayer(mask.Columns, mask.Rows, mask.LinkCount)
{
    private readonly ColumnBlocks _blocks = new(mask);

    /// <summary>Where the links are.</summary>
    public WeightMask Mask => mask;

    public override int LinkCount => mask.LinkCount;

    public override long TrainingStateBytes => base.TrainingStateBytes + mask.IndexBytes + _blocks.Bytes;

    internal override int ScratchLength => throw OnlyPredicts();

    internal override int InputsOfPiece(int firstInput, int pieceWeights) => throw OnlyPredicts();

    internal override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount) =>
        _blocks.Multiply(WeightValues, BiasValues, input, output, width, firstRow, rowCount);

    internal override void BackwardInputs(
        in BackwardBlocks blocks, int firstInput, int inputCount, Span<float> weightGradient, Span<float> scratch) => throw OnlyPredicts();

    private protected override void BackwardRows(
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstInput, int inputCount, Span<float> scratch) =>
        throw OnlyPredicts();

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) => throw OnlyPredicts();

    private static InvalidOperationException OnlyPredicts() => new("This layer only predicts.");
}
