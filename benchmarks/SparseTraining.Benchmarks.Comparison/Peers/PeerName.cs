namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>The implementations that can be compared, each in a process of its own.</summary>
internal enum PeerName
{
    Sparse,
    Dense,
    MklDense,
    MklDenseTrueSpeed,
    MklSparse,
    MklSparseTrueSpeed,
    TorchDense,
    TorchDenseTrueSpeed,
}

/// <summary>What the names mean.</summary>
internal static class PeerNames
{
    public static bool IsTrueSpeed(this PeerName peer) =>
        peer is PeerName.MklDenseTrueSpeed or PeerName.MklSparseTrueSpeed or PeerName.TorchDenseTrueSpeed;

    /// <summary>Whether it stores and computes all weights.</summary>
    public static bool IsDense(this PeerName peer) => peer is not (PeerName.Sparse or PeerName.MklSparse or PeerName.MklSparseTrueSpeed);

    public static string Title(this PeerName peer) => peer switch
    {
        PeerName.Sparse => "SparseTraining, sparse",
        PeerName.Dense => "SparseTraining, dense",
        PeerName.MklDense => "dense by MKL sgemm",
        PeerName.MklDenseTrueSpeed => "dense by MKL sgemm, true speed",
        PeerName.MklSparse => "sparse by MKL",
        PeerName.MklSparseTrueSpeed => "sparse by MKL, true speed",
        PeerName.TorchDense => "dense by TorchSharp",
        _ => "dense by TorchSharp, true speed",
    };
}
