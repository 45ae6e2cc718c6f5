namespace SparseTraining;

/// <summary>How the output layer of a sparse or masked network is connected.</summary>
public enum OutputLayerKind
{
    /// <summary>Fully connected.</summary>
    Dense,

    /// <summary>As sparse as the other layers, with links that never change.</summary>
    Sparse,

    /// <summary>As sparse as the other layers, and rewired with them.</summary>
    SparseEvolving,
}
