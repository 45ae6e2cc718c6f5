using System.Numerics;
using System.Runtime.CompilerServices;
using SparseTraining.Randomness;

namespace SparseTraining.Topology;

/// <summary>
/// Ranks as one bit each, for draws that take a good part of all ranks. Where more than half are wanted, the ranks to
/// leave out are drawn instead, so that at most every second draw is a repetition.
/// </summary>
internal sealed class RankBitmap : RankSet
{
    private readonly ulong[] _words;

    private RankBitmap(ulong[] words, int count)
    {
        _words = words;
        Count = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RankBitmap DrawDistinct(long size, int count, RandomGenerator random)
    {
        bool drawsOthers = count > size / 2;
        long wanted = drawsOthers ? size - count : count;
        ulong[] words = NewWords(size);
        for (long drawn = 0; drawn < wanted;)
        {
            drawn += Set(words, random.NextUInt64((ulong)size));
        }

        if (drawsOthers)
        {
            foreach (ref ulong word in words.AsSpan())
            {
                word = ~word;
            }

            words[^1] &= ulong.MaxValue >> (int)(-size & 63);
        }

        return new RankBitmap(words, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RankBitmap DrawIndependent(long size, int draws, RandomGenerator random)
    {
        ulong[] words = NewWords(size);
        int different = 0;
        for (int i = 0; i < draws; i++)
        {
            different += Set(words, random.NextUInt64((ulong)size));
        }

        return new RankBitmap(words, different);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void WriteTo<T>(ref FreePositionWriter<T> writer)
    {
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong left = _words[i]; left != 0; left &= left - 1)
            {
                writer.Add(((long)i * 64) + BitOperations.TrailingZeroCount(left));
            }
        }
    }

    private static ulong[] NewWords(long size) => new ulong[(size + 63) / 64];

    /// <summary>Sets a bit.</summary>
    /// <returns>1 where it was not set before, otherwise 0.</returns>
    private static int Set(ulong[] words, ulong rank)
    {
        ref ulong word = ref words[rank / 64];
        int isNew = (int)(~word >> (int)(rank & 63)) & 1;
        word |= 1UL << (int)(rank & 63);
        return isNew;
    }
}
