namespace SparseTraining;

/// <summary>How a network stores and computes its layers.</summary>
public enum LayerKind
{
    /// <summary>
    /// Truly sparse: only links are stored and computed. The one exception is a layer where links fill 70 % of the positions or
    /// more, which takes less time as dense weights under a mask and trains to the same bits; <see cref="SparseMlp.Summary()"/> says so.
    /// </summary>
    Sparse,

    /// <summary>Fully connected: the baseline.</summary>
    Dense,

    /// <summary>
    /// Dense weights times a 0-1 mask that evolves between epochs, optimizer state kept: what dense frameworks do at best.
    /// </summary>
    MaskedDense,

    /// <summary>
    /// Masked dense, torn down and built anew after each epoch that rewires, so that the optimizer forgets: what dense
    /// frameworks do without help.
    /// </summary>
    MaskedDenseRebuilt,
}
