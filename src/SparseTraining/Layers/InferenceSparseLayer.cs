using System.Diagnostics;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>
/// A sparse layer that only predicts: links in the order that is fastest for that, weights and biases, without the transposed index that
/// training needs and that takes as much memory again.
/// </summary>
/// <remarks>Weights are stored slice after slice (<see cref="SlicedLinks"/>), of one block of columns after another (<see cref="ColumnBlocks"/>).</remarks>
internal sealed class InferenceSparseLayer : LinearLayer
{
    /// <summary>
    /// The fewest links that a row may have in a block. One sample pays for the ends of short rows what many samples gain from cached inputs: with
    /// 4000 inputs and 40 links a row one takes a sixth less time in one block, a hundred take 2 to 9 % more.
    /// </summary>
    private const int FewestSegmentLinks = 24;

    private readonly SlicedRows[] _blocks;

    /// <summary>Makes a layer.</summary>
    /// <param name="mask">Where the links are.</param>
    /// <param name="linkValues">Their weights, in the mask's order.</param>
    public InferenceSparseLayer(WeightMask mask, ReadOnlySpan<float> linkValues)
        : base(mask.Columns, mask.Rows, mask.LinkCount)
    {
        var cuts = new ColumnBlocks(mask, FewestSegmentLinks);
        _blocks = new SlicedRows[cuts.Count];
        for (int block = 0, first = 0; block < _blocks.Length; first += _blocks[block++].Count)
        {
            _blocks[block] = new SlicedRows(mask, cuts.Starts(block), cuts.Ends(block), out int[] links);
            Permutation.Gather(linkValues, links, WeightValues.Slice(first, links.Length));
        }
    }

    public override int LinkCount => WeightValues.Length;

    public override long TrainingStateBytes => base.TrainingStateBytes + _blocks.Sum(block => block.Bytes);

    /// <summary>The links in the order of rows, and their weights; for whoever exports or examines the layer.</summary>
    public (WeightMask Mask, float[] Values) ToLinks()
    {
        var pointers = new int[OutputSize + 1];
        foreach ((int row, _) in _blocks.SelectMany(block => block.Entries()))
        {
            pointers[row + 1]++;
        }

        for (int row = 0; row < OutputSize; row++)
        {
            pointers[row + 1] += pointers[row];
        }

        int[] next = pointers[..^1];
        var columns = new int[LinkCount];
        var values = new float[LinkCount];
        int first = 0;
        foreach (SlicedRows block in _blocks)
        {
            foreach ((int row, int entry) in block.Entries())
            {
                columns[next[row]] = block.ColumnOf(entry);
                values[next[row]++] = WeightValues[first + entry];
            }

            first += block.Count;
        }

        return (WeightMask.FromCsr(OutputSize, InputSize, pointers, columns), values);
    }

    internal override int RowGroup => SlicedRows.GroupRows;

    internal override int ScratchLength => throw OnlyPredicts();

    internal override int InputsOfPiece(int firstInput, int pieceWeights) => throw OnlyPredicts();

    internal override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount)
    {
        Debug.Assert(firstRow % RowGroup == 0 && (rowCount % RowGroup == 0 || firstRow + rowCount == OutputSize), "rows must be whole groups");
        int first = 0;
        foreach (SlicedRows block in _blocks)
        {
            SlicedMM.Multiply(
                block.Links(firstRow, rowCount),
                WeightValues.Slice(first, block.Count),
                BiasValues,
                input,
                output[..(rowCount * width)],
                add: first > 0,
                width);
            first += block.Count;
        }
    }

    internal override void BackwardInputs(in BackwardTile tile, Span<float> weightGradient, Span<float> scratch) => throw OnlyPredicts();

    private protected override void BackwardRows(
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstInput, int inputCount, Span<float> scratch) =>
        throw OnlyPredicts();

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) => throw OnlyPredicts();

    private static InvalidOperationException OnlyPredicts() => new("This layer only predicts.");
}
