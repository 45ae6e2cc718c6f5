using System.Numerics;
using System.Runtime.CompilerServices;
using SparseTraining.Randomness;

namespace SparseTraining.Topology;

/// <summary>
/// Ranks as sorted lists, one per range of 2^shift ranks, for draws that take a small part of all ranks.
/// </summary>
/// <remarks>
/// Counting sort: a copy of the generator goes through the draws once to count them per bucket, then the generator
/// itself draws the same ranks and they are put in place. Each bucket is sorted and its repetitions are discarded.
/// Where distinct ranks are wanted, further ones are then drawn one at a time until there are enough. That is rejection
/// in sequence, so every set is equally likely, and with at least 16 ranks per draw only about one in 32 is missing.
/// </remarks>
internal sealed class RankBuckets : RankSet
{
    private const int DrawsPerBucket = 16;

    /// <summary>
    /// With more buckets than this, putting ranks in place misses the caches at nearly every rank; with fewer, a bucket of
    /// 100,000,000 draws would not be sorted within the second-level cache.
    /// </summary>
    private const int MostBuckets = 2048;

    private readonly int _shift;
    private readonly int[] _ends;
    private readonly uint[] _offsets;
    private readonly int[] _starts;
    private readonly long[] _further;

    private RankBuckets(long size, int draws, bool areDistinct, RandomGenerator random)
    {
        // An offset within a bucket is kept in 32 bits. Where that limit decides, a bucket is still wider than a row,
        // so that there are never more buckets than rows.
        long width = size / Math.Clamp(draws / DrawsPerBucket, 1, MostBuckets);
        _shift = Math.Min(BitOperations.Log2((ulong)Math.Max(width, 1)), 32);
        int buckets = checked((int)((size - 1) >> _shift) + 1);
        _starts = new int[buckets];
        _ends = new int[buckets];
        _offsets = new uint[draws];
        Place(size, random);
        int different = SortAndMerge();
        _further = areDistinct ? DrawFurther(size, draws - different, random) : [];
        Count = different + _further.Length;
    }

    public static RankBuckets DrawDistinct(long size, int count, RandomGenerator random) =>
        new(size, count, true, random);

    public static RankBuckets DrawIndependent(long size, int draws, RandomGenerator random) =>
        new(size, draws, false, random);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WriteTo<T>(ref FreePositionWriter<T> writer)
    {
        int next = 0;
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            long first = (long)bucket << _shift;
            for (int i = _starts[bucket]; i < _ends[bucket]; i++)
            {
                long rank = first + _offsets[i];
                for (; next < _further.Length && _further[next] < rank; next++)
                {
                    writer.Add(_further[next]);
                }

                writer.Add(rank);
            }
        }

        for (; next < _further.Length; next++)
        {
            writer.Add(_further[next]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(long size, RandomGenerator random)
    {
        RandomGenerator rehearsal = random.Clone();
        for (int i = 0; i < _offsets.Length; i++)
        {
            _ends[rehearsal.NextUInt64((ulong)size) >> _shift]++;
        }

        int total = 0;
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            _starts[bucket] = total;
            total += _ends[bucket];
            _ends[bucket] = _starts[bucket];
        }

        ulong mask = (1UL << _shift) - 1;
        for (int i = 0; i < _offsets.Length; i++)
        {
            ulong rank = random.NextUInt64((ulong)size);
            _offsets[_ends[rank >> _shift]++] = (uint)(rank & mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int SortAndMerge()
    {
        int different = 0;
        int longest = 0;
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            longest = Math.Max(longest, _ends[bucket] - _starts[bucket]);
        }

        var spare = new uint[longest];
        for (int bucket = 0; bucket < _ends.Length; bucket++)
        {
            Span<uint> offsets = _offsets.AsSpan(_starts[bucket].._ends[bucket]);
            RadixSort.Run(offsets, spare, _shift);
            int kept = Math.Min(1, offsets.Length);
            for (int i = 1; i < offsets.Length; i++)
            {
                if (offsets[i] != offsets[i - 1])
                {
                    offsets[kept++] = offsets[i];
                }
            }

            _ends[bucket] = _starts[bucket] + kept;
            different += kept;
        }

        return different;
    }

    private long[] DrawFurther(long size, int missing, RandomGenerator random)
    {
        var further = new HashSet<long>(missing);
        while (further.Count < missing)
        {
            long rank = (long)random.NextUInt64((ulong)size);
            if (!Contains(rank))
            {
                further.Add(rank);
            }
        }

        long[] sorted = [.. further];
        Array.Sort(sorted);
        return sorted;
    }

    private bool Contains(long rank)
    {
        int bucket = (int)(rank >> _shift);
        uint offset = (uint)(rank - ((long)bucket << _shift));
        return _offsets.AsSpan(_starts[bucket].._ends[bucket]).BinarySearch(offset) >= 0;
    }
}
