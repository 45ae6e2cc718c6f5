using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>
/// A truly sparse layer: only links are stored and computed, in compressed sparse rows (one row an output neuron), with
/// a transposed index for the backward pass. Nothing of size inputs · outputs is ever allocated.
/// </summary>
public sealed class SparseLinearLayer : LinearLayer, IRewirable
{
    private TransposedIndex _transposed;
    private ColumnBlocks _blocks;

    /// <summary>Makes a layer whose weights and biases are 0.</summary>
    /// <param name="mask">The links: rows are output neurons, columns input neurons.</param>
    public SparseLinearLayer(WeightMask mask)
        : base((mask ?? throw new ArgumentNullException(nameof(mask))).Columns, mask.Rows, mask.LinkCount)
    {
        Mask = mask;
        _transposed = new TransposedIndex(mask);
        _blocks = new ColumnBlocks(mask);
    }

    /// <inheritdoc/>
    public WeightMask Mask { get; private set; }

    /// <inheritdoc/>
    public override int LinkCount => Mask.LinkCount;

    /// <inheritdoc/>
    public override long TrainingStateBytes => base.TrainingStateBytes + Mask.IndexBytes + _transposed.Bytes + _blocks.Bytes;

    /// <inheritdoc/>
    public void CopyLinkValues(Span<float> destination) => WeightValues.CopyTo(destination);

    /// <inheritdoc/>
    public void SetLinkValues(ReadOnlySpan<float> values)
    {
        if (values.Length != LinkCount)
        {
            throw new ArgumentException($"There are {values.Length} values for {LinkCount} links.", nameof(values));
        }

        values.CopyTo(WeightValues);
    }

    /// <inheritdoc/>
    public void Rewire(RewirePlan plan, ReadOnlySpan<float> grownValues)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.ThrowIfNotFor(Mask, grownValues.Length);
        var transposed = new TransposedIndex(plan.Mask);
        var blocks = new ColumnBlocks(plan.Mask);
        Weights.Remap(plan.Sources, grownValues);
        Mask = plan.Mask;
        _transposed = transposed;
        _blocks = blocks;
    }

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) =>
        LinkInitialization.Fill(Mask, initializer, random, WeightValues);

    internal override int ScratchLength => Math.Max(PieceWeights, _transposed.LongestColumn);

    private IndexSpan Rows => new(_transposed.NarrowRows, _transposed.WideRows);

    internal override int InputsOfPiece(int firstInput, int pieceWeights)
    {
        ReadOnlySpan<int> pointers = _transposed.ColumnPointers;
        int input = firstInput + 1;
        int end = Math.Min(InputSize, firstInput + PieceInputs);
        while (input < end && pointers[input + 1] - pointers[firstInput] <= pieceWeights)
        {
            input++;
        }

        return input - firstInput;
    }

    internal override bool TakesAllRows(ReadOnlySpan<float> input) => _blocks.AreTakenFor(input);

    internal override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount) =>
        _blocks.Multiply(WeightValues, BiasValues, input, output, width, firstRow, rowCount);

    internal override bool TakesAllInputs(int width) => width <= RowWalk.LargestWidth && InputSize * (long)width <= RowWalk.CachedValues;

    internal override void BackwardInputs(in BackwardTile tile, Span<float> weightGradient, Span<float> scratch)
    {
        if (tile.InputCount == InputSize && TakesAllInputs(tile.Width))
        {
            RowWalk.Run(
                Mask.RowPointers,
                Mask.NarrowColumns,
                WeightValues,
                tile.Input,
                tile.OutputGradient,
                tile.InputGradient,
                weightGradient,
                tile.Adds,
                tile.Width);
            return;
        }

        Span<float> inputGradient = tile.InputGradient;
        if (!inputGradient.IsEmpty && !BackwardWalk.TakesBoth(tile.Width))
        {
            BackwardRows(tile.OutputGradient, inputGradient, tile.Width, tile.FirstInput, tile.InputCount, scratch);
            inputGradient = [];
        }

        BackwardWalk.Run(
            _transposed.ColumnPointers,
            Rows,
            _transposed.LinkIndices,
            WeightValues,
            tile.Input,
            tile.OutputGradient,
            inputGradient,
            weightGradient,
            tile.Adds,
            tile.Width,
            tile.FirstInput,
            tile.InputCount);
    }

    private protected override void BackwardRows(
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstInput, int inputCount, Span<float> scratch)
    {
        int first = _transposed.ColumnPointers[firstInput];
        ReadOnlySpan<int> links = LinksOf(firstInput, inputCount);
        Span<float> weights = scratch[..links.Length];
        Permutation.Gather(WeightValues, links, weights);
        SpMM.Multiply(
            _transposed.ColumnPointers, Rows.From(first), weights, first, [], outputGradient, inputGradient, width, firstInput, inputCount);
    }

    /// <summary>The links that leave some inputs, in the order of the transposed index.</summary>
    private ReadOnlySpan<int> LinksOf(int firstInput, int inputCount) =>
        _transposed.LinkIndices.AsSpan(_transposed.ColumnPointers[firstInput].._transposed.ColumnPointers[firstInput + inputCount]);
}
