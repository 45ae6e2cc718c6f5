namespace SparseTraining.Kernels;

/// <summary>Indices in 16 bits where they fit, else in 32: half the memory traffic for layers of up to 65,536 neurons.</summary>
internal readonly ref struct IndexSpan(ReadOnlySpan<ushort> narrow, ReadOnlySpan<int> wide)
{
    public ReadOnlySpan<ushort> Narrow { get; } = narrow;

    public ReadOnlySpan<int> Wide { get; } = wide;

    public bool IsNarrow => Wide.IsEmpty;

    /// <summary>The indices from one on.</summary>
    public IndexSpan From(int start) => IsNarrow ? new(Narrow[start..], []) : new([], Wide[start..]);

    public int Length => IsNarrow ? Narrow.Length : Wide.Length;
}
