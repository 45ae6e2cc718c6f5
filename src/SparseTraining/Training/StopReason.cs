namespace SparseTraining.Training;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were trained.</summary>
    Completed,

    /// <summary>The monitored metric stopped improving.</summary>
    EarlyStopping,

    /// <summary>A callback asked for it.</summary>
    Callback,
}
