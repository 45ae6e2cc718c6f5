namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>One implementation to compare.</summary>
internal interface IPeer
{
    /// <summary>Makes ready for a piece of work.</summary>
    /// <returns>The runs to time, or <see langword="null"/> if this peer has no such work.</returns>
    IRuns? Prepare(Work work);
}

/// <summary>Work that is ready to be timed as often as one likes.</summary>
internal interface IRuns : IDisposable
{
    /// <summary>What a reader of the time must know, or an empty text.</summary>
    string Remark { get; }

    /// <summary>Runs for about that long, at least a few times.</summary>
    /// <returns>The median time of one run in seconds.</returns>
    double Measure(TimeSpan duration);
}
