using SparseTraining.Topology;

namespace SparseTraining;

/// <summary>
/// From which density a layer that was asked for as sparse is stored as dense weights under a mask. It trains and predicts
/// to the same bits either way; only time and memory differ.
/// </summary>
/// <remarks>
/// The dense form takes less time from a density of 0.5 to 0.6 on, as <c>CrossoverBenchmarks</c> in benchmarks/SparseTraining.Benchmarks.Training
/// measured it; docs/performance.md has the figures. Memory asks for a little more: from this density on the dense form takes at
/// most 1.25 times the bytes of the sparse one with any optimizer, and it must never take twice as many (a test holds it to
/// that). What a layer starts with decides for its life: rewiring keeps its number of links.
/// </remarks>
internal static class DenseCrossover
{
    /// <summary>Links / positions from which the dense kernels take less time and hardly more memory.</summary>
    public const double Density = 0.7;

    /// <summary>Whether a layer with these links costs less in dense form.</summary>
    public static bool IsReached(WeightMask mask) =>
        mask.LinkCount >= Density * mask.PositionCount && mask.PositionCount <= Array.MaxLength;
}
