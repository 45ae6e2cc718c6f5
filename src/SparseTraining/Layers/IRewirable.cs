using SparseTraining.Topology;

namespace SparseTraining.Layers;

/// <summary>A layer whose links can change during training.</summary>
public interface IRewirable
{
    /// <summary>The links.</summary>
    WeightMask Mask { get; }

    /// <summary>Copies the weights of the links, in the mask's order.</summary>
    /// <param name="destination">As long as the mask has links.</param>
    void CopyLinkValues(Span<float> destination);

    /// <summary>Sets the weights of the links, in the mask's order.</summary>
    /// <param name="values">As long as the mask has links.</param>
    void SetLinkValues(ReadOnlySpan<float> values);

    /// <summary>
    /// Changes the links. Surviving links keep weight and optimizer state, pruned links lose both, grown links start
    /// with the given weights and no state; biases stay. Spans of the weights that were taken before are of no use any more.
    /// </summary>
    /// <param name="plan">What goes and comes; made from this layer's <see cref="Mask"/>.</param>
    /// <param name="grownValues">The weights of the grown links in the new mask's order, or empty for 0.</param>
    void Rewire(RewirePlan plan, ReadOnlySpan<float> grownValues);
}
