using System.Numerics;
using SparseTraining.Randomness;

namespace SparseTraining.Topology;

/// <summary>Draws random positions of a layer that are not links yet.</summary>
/// <remarks>
/// The free positions are numbered row by row; that number is a position's rank. Ranks are drawn by
/// <see cref="RankSet"/> and turned into positions in one pass over the excluded links, so that nothing is ever drawn
/// in vain because it is excluded. Time and memory are O(rows + positions drawn + excluded links), and all arithmetic
/// is on integers: the result depends on the generator alone.
/// </remarks>
internal static class PositionSampler
{
    /// <summary>Draws distinct positions; every set of that many free positions is equally likely.</summary>
    /// <param name="excluded">The positions that must not be drawn; its shape is that of the layer.</param>
    /// <param name="count">How many positions, at least 0.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>
    /// A mask of exactly <paramref name="count"/> links, none of them in <paramref name="excluded"/>.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">There are fewer free positions.</exception>
    public static WeightMask Sample(WeightMask excluded, int count, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(excluded);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(random);
        long free = excluded.PositionCount - excluded.LinkCount;
        if (count > free)
        {
            throw new InvalidOperationException(
                $"{count} new positions were asked for,"
                + $" but only {free} of the {excluded.PositionCount} positions are free.");
        }

        return count == 0
            ? WeightMask.Empty(excluded.Rows, excluded.Columns)
            : ToMask(excluded, RankSet.Distinct(free, count, random));
    }

    /// <summary>Draws positions independently of each other; those drawn more than once merge.</summary>
    /// <param name="rows">Output neurons.</param>
    /// <param name="columns">Input neurons.</param>
    /// <param name="draws">How many draws, at least 0.</param>
    /// <param name="random">The source of randomness.</param>
    /// <returns>A mask of the distinct positions.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The shape is not allowed or <paramref name="draws"/> is negative.
    /// </exception>
    public static WeightMask SampleWithReplacement(int rows, int columns, int draws, RandomGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        ArgumentNullException.ThrowIfNull(random);
        WeightMask empty = WeightMask.Empty(rows, columns);
        return draws == 0 ? empty : ToMask(empty, RankSet.WithReplacement(empty.PositionCount, draws, random));
    }

    private static WeightMask ToMask(WeightMask excluded, RankSet ranks) =>
        excluded.HasNarrowColumns ? ToMask<ushort>(excluded, ranks) : ToMask<int>(excluded, ranks);

    private static WeightMask ToMask<T>(WeightMask excluded, RankSet ranks)
        where T : unmanaged, IBinaryInteger<T>
    {
        var writer = new FreePositionWriter<T>(excluded, ranks.Count);
        ranks.WriteTo(ref writer);
        return writer.Finish();
    }
}
