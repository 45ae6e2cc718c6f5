namespace SparseTraining.Evolution;

/// <summary>The first weight of a grown link.</summary>
public enum GrownWeights
{
    /// <summary>A new draw of the layer's weight initializer, as SET does.</summary>
    FreshDraw,

    /// <summary>Zero, as RigL does.</summary>
    Zero,
}
