using System.Numerics;
using System.Runtime.CompilerServices;

namespace SparseTraining.Topology;

/// <summary>The outcome of one rewire of one layer: the new mask, and where each of its links comes from.</summary>
public sealed class RewirePlan
{
    private readonly WeightMask _before;
    private readonly int[] _sources;

    private RewirePlan(WeightMask before, WeightMask mask, int[] sources, int prunedCount, int grownCount)
    {
        _before = before;
        Mask = mask;
        _sources = sources;
        PrunedCount = prunedCount;
        GrownCount = grownCount;
    }

    /// <summary>The links after the rewire.</summary>
    public WeightMask Mask { get; }

    /// <summary>Links taken away.</summary>
    public int PrunedCount { get; }

    /// <summary>Links added.</summary>
    public int GrownCount { get; }

    /// <summary>For each link of <see cref="Mask"/> its index before the rewire, or −1 for a grown link.</summary>
    public ReadOnlySpan<int> Sources => _sources;

    /// <summary>Puts surviving and grown links together.</summary>
    /// <param name="before">The mask that is rewired.</param>
    /// <param name="keep">One flag per link of <paramref name="before"/>: whether it survives.</param>
    /// <param name="grown">The new links; none may be a survivor.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a grown link is already there.</exception>
    public static RewirePlan Create(WeightMask before, ReadOnlySpan<bool> keep, WeightMask grown)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(grown);
        return Create(before, keep, before.Where(keep), grown);
    }

    /// <summary>The same with the survivors at hand.</summary>
    internal static RewirePlan Create(WeightMask before, ReadOnlySpan<bool> keep, WeightMask survivors, WeightMask grown)
    {
        WeightMask after = survivors.Union(grown);
        int[] sources = after.HasNarrowColumns ? SourcesOf<ushort>(keep, survivors, after) : SourcesOf<int>(keep, survivors, after);
        return new RewirePlan(before, after, sources, before.LinkCount - survivors.LinkCount, grown.LinkCount);
    }

    /// <summary>For each link its number before the rewire. Without a branch that depends on which links go and come: nothing predicts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] SourcesOf<T>(ReadOnlySpan<bool> keep, WeightMask survivors, WeightMask after)
        where T : unmanaged, IBinaryInteger<T>
    {
        int[] kept = LinkScratch.Rent<int>(keep.Length + 1);
        int count = 0;
        for (int i = 0; i < keep.Length; i++)
        {
            kept[count] = i;
            count += keep[i] ? 1 : 0;
        }

        ReadOnlySpan<T> survivorColumns = survivors.ColumnIndices<T>();
        ReadOnlySpan<T> columns = after.ColumnIndices<T>();
        int[] sources = GC.AllocateUninitializedArray<int>(after.LinkCount);
        for (int row = 0, survivor = 0; row < after.Rows; row++)
        {
            int end = survivors.RowPointers[row + 1];
            for (int link = after.RowPointers[row]; link < after.RowPointers[row + 1]; link++)
            {
                // Survivors come in their order, so the next one is here or the link is grown: −1, all bits set.
                int isSurvivor = survivor < end && survivorColumns[survivor] == columns[link] ? 1 : 0;
                sources[link] = kept[survivor] | (isSurvivor - 1);
                survivor += isSurvivor;
            }
        }

        LinkScratch.Return(kept);
        return sources;
    }

    /// <summary>Throws unless the plan was made from this mask and the number of weights fits its grown links.</summary>
    internal void ThrowIfNotFor(WeightMask current, int grownValueCount)
    {
        if (!ReferenceEquals(current, _before))
        {
            throw new ArgumentException("The plan was made from another mask than the layer has now.", "plan");
        }

        if (grownValueCount != 0 && grownValueCount != GrownCount)
        {
            throw new ArgumentException($"There are {grownValueCount} values for {GrownCount} grown links.", "grownValues");
        }
    }
}
