using System.Numerics;
using SparseTraining.Randomness;

namespace SparseTraining.Topology;

/// <summary>
/// A set of whole numbers ("ranks") in [0, size), drawn at random in O(numbers drawn) time and memory.
/// </summary>
internal abstract class RankSet
{
    /// <summary>
    /// Up to this many ranks per draw, one bit for each rank is cheaper than a list of the ranks drawn: 2 bytes a draw.
    /// </summary>
    private const int BitmapLimit = 16;

    /// <summary>How many different ranks there are.</summary>
    public int Count { get; protected init; }

    /// <summary>Draws different ranks; every set of that many is equally likely.</summary>
    /// <param name="size">The bound of the ranks, at least 1.</param>
    /// <param name="count">How many, in [1, size].</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The set.</returns>
    public static RankSet Distinct(long size, int count, RandomGenerator random) =>
        IsDense(size, count)
            ? RankBitmap.DrawDistinct(size, count, random)
            : RankBuckets.DrawDistinct(size, count, random);

    /// <summary>Draws ranks independently; repeated ones merge.</summary>
    /// <param name="size">The bound of the ranks, at least 1.</param>
    /// <param name="draws">How many draws, at least 1.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>The set.</returns>
    public static RankSet WithReplacement(long size, int draws, RandomGenerator random) =>
        IsDense(size, draws)
            ? RankBitmap.DrawIndependent(size, draws, random)
            : RankBuckets.DrawIndependent(size, draws, random);

    /// <summary>Hands over all ranks in ascending order.</summary>
    /// <param name="writer">Takes them.</param>
    /// <typeparam name="T">The type of the writer's columns.</typeparam>
    public abstract void WriteTo<T>(ref FreePositionWriter<T> writer)
        where T : unmanaged, IBinaryInteger<T>;

    private static bool IsDense(long size, int draws) => size / BitmapLimit <= draws;
}
