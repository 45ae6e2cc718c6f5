namespace SparseTraining.Training;

/// <summary>How a training step's work is shared. All ways give the same bits.</summary>
internal enum StepWay
{
    /// <summary>The caller does all.</summary>
    Alone,

    /// <summary>A thread takes a tile of samples forward and back through all layers; then all share the update.</summary>
    ByTiles,

    /// <summary>All threads share the rows of one layer after another, forward, and its inputs backward.</summary>
    ByRows,
}
