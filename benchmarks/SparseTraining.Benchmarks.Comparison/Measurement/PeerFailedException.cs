namespace SparseTraining.Benchmarks.Comparison.Measurement;

/// <summary>A peer's process ended in the middle: it computes something wrong, or crashed. What it said is above.</summary>
internal sealed class PeerFailedException(string message) : Exception(message);
