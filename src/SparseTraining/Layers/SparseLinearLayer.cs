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

    /// <summary>Makes a layer whose weights and biases are 0.</summary>
    /// <param name="mask">The links: rows are output neurons, columns input neurons.</param>
    public SparseLinearLayer(WeightMask mask)
        : base((mask ?? throw new ArgumentNullException(nameof(mask))).Columns, mask.Rows, mask.LinkCount)
    {
        Mask = mask;
        _transposed = new TransposedIndex(mask);
    }

    /// <inheritdoc/>
    public WeightMask Mask { get; private set; }

    /// <inheritdoc/>
    public override int LinkCount => Mask.LinkCount;

    /// <inheritdoc/>
    public override long TrainingStateBytes => base.TrainingStateBytes + Mask.IndexBytes + _transposed.Bytes;

    private IndexSpan Columns => new(Mask.NarrowColumns, Mask.WideColumns);

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
        Weights.Remap(plan.Sources, grownValues);
        Mask = plan.Mask;
        _transposed = transposed;
    }

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random) =>
        LinkInitialization.Fill(Mask, initializer, random, WeightValues);

    internal override void ForwardRows(ReadOnlySpan<float> input, Span<float> output, int width, int firstRow, int rowCount) =>
        SpMM.Multiply(Mask.RowPointers, Columns, WeightValues, BiasValues, input, output, width, firstRow, rowCount);

    internal override void BackwardRows(ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int width, int firstRow, int rowCount) =>
        SpMM.MultiplyTransposed(
            _transposed.ColumnPointers,
            new IndexSpan(_transposed.NarrowRows, _transposed.WideRows),
            _transposed.LinkIndices,
            WeightValues,
            outputGradient,
            inputGradient,
            width,
            firstRow,
            rowCount);

    internal override void WeightGradient(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, int width, int first, Span<float> gradient) =>
        Sddmm.Gradient(Mask.RowPointers, Columns, input, outputGradient, width, InputSize, first, gradient);
}
