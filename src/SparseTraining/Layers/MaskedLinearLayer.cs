using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>
/// Dense weights times a 0-1 mask: how dense frameworks imitate sparsity. It costs what a dense layer costs; it is here
/// as the baseline that shows what true sparsity saves, and trains to the same values as <see cref="SparseLinearLayer"/>.
/// </summary>
public sealed class MaskedLinearLayer : FullLinearLayer, IRewirable
{
    private float[] _mask;

    /// <summary>Makes a layer whose weights and biases are 0.</summary>
    /// <param name="mask">The links: rows are output neurons, columns input neurons.</param>
    public MaskedLinearLayer(WeightMask mask)
        : base((mask ?? throw new ArgumentNullException(nameof(mask))).Columns, mask.Rows)
    {
        Mask = mask;
        _mask = mask.ToDense();
    }

    /// <inheritdoc/>
    public WeightMask Mask { get; private set; }

    /// <inheritdoc/>
    public override int LinkCount => Mask.LinkCount;

    /// <inheritdoc/>
    public override long TrainingStateBytes => base.TrainingStateBytes + Mask.IndexBytes + _mask.LongLength * sizeof(float);

    /// <inheritdoc/>
    public void CopyLinkValues(Span<float> destination)
    {
        if (destination.Length < LinkCount)
        {
            throw new ArgumentException($"There is room for {destination.Length} values; {LinkCount} links need more.", nameof(destination));
        }

        int i = 0;
        foreach (Link link in Mask)
        {
            destination[i++] = WeightValues[link.Row * InputSize + link.Column];
        }
    }

    /// <inheritdoc/>
    public void SetLinkValues(ReadOnlySpan<float> values)
    {
        if (values.Length != LinkCount)
        {
            throw new ArgumentException($"There are {values.Length} values for {LinkCount} links.", nameof(values));
        }

        int i = 0;
        foreach (Link link in Mask)
        {
            WeightValues[link.Row * InputSize + link.Column] = values[i++];
        }
    }

    /// <inheritdoc/>
    public void Rewire(RewirePlan plan, ReadOnlySpan<float> grownValues)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.ThrowIfNotFor(Mask, grownValues.Length);
        float[] mask = plan.Mask.ToDense();
        ClearPruned(Weights.Values, mask);
        ClearPruned(Weights.FirstState, mask);
        ClearPruned(Weights.SecondState, mask);
        int grown = 0;
        int link = 0;
        foreach (Link position in plan.Mask)
        {
            if (plan.Sources[link++] < 0)
            {
                int at = position.Row * InputSize + position.Column;
                Weights.Values[at] = grownValues.IsEmpty ? 0f : grownValues[grown++];
                ClearAt(Weights.FirstState, at);
                ClearAt(Weights.SecondState, at);
            }
        }

        Mask = plan.Mask;
        _mask = mask;

        // Not times the mask: that makes −0 of what is negative, and whether a later gradient of ±0 turns it into 0 depends on
        // how the threads share the sums.
        static void ClearPruned(float[] values, float[] mask)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = mask[i] == 0f ? 0f : values[i];
            }
        }

        static void ClearAt(float[] state, int at)
        {
            if (state.Length > 0)
            {
                state[at] = 0f;
            }
        }
    }

    private protected override void DrawWeights(WeightInitializer initializer, RandomGenerator random)
    {
        var values = new float[LinkCount];
        LinkInitialization.Fill(Mask, initializer, random, values);
        SetLinkValues(values);
    }

    internal override void BackwardInputs(in BackwardTile tile, Span<float> weightGradient, Span<float> scratch)
    {
        // Masking the gradient keeps what is no link at 0 under every optimizer, without a mask on weights or state.
        base.BackwardInputs(tile, weightGradient, scratch);
        for (int row = 0; row < OutputSize; row++)
        {
            int start = row * InputSize + tile.FirstInput;
            Span<float> part = weightGradient.Slice(start, tile.InputCount);
            Arithmetic.Mask(part, _mask.AsSpan(start, tile.InputCount));
        }
    }
}
