using System.Numerics;

namespace SparseTraining.Randomness;

/// <summary>
/// A seeded stream of random numbers that gives the same sequence on every platform and in every version of this
/// library.
/// </summary>
/// <remarks>
/// The generator is xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4),
/// 2021), seeded through SplitMix64. All draws but <see cref="NextGaussian"/> use integer arithmetic only, so that they
/// do not depend on the mathematics library of the operating system. An instance is not safe for use by several threads.
/// </remarks>
public sealed class RandomGenerator
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any value; equal seeds give equal streams.</param>
    public RandomGenerator(ulong seed)
    {
        _s0 = Mix(ref seed);
        _s1 = Mix(ref seed);
        _s2 = Mix(ref seed);
        _s3 = Mix(ref seed);
    }

    private RandomGenerator(RandomGenerator other) =>
        (_s0, _s1, _s2, _s3) = (other._s0, other._s1, other._s2, other._s3);

    /// <summary>
    /// Starts the stream that belongs to a purpose, so that one seed fans out to independent streams and a new user of
    /// randomness does not shift the numbers that the others see.
    /// </summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="name">The purpose, for example <c>"topology/0"</c>.</param>
    /// <returns>A new stream.</returns>
    public static RandomGenerator Named(ulong seed, string name) => new(Key(seed, name));

    /// <summary>The 64-bit key that a seed and a purpose's name give.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="name">The purpose.</param>
    /// <returns>The key.</returns>
    public static ulong Key(ulong seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 0xcbf29ce484222325 ^ Mix(ref seed); // FNV-1a over UTF-16 units, finished by SplitMix64
        foreach (char unit in name)
        {
            hash = (hash ^ unit) * 0x100000001b3;
        }

        return Mix(ref hash);
    }

    /// <summary>Copies the stream; both then give the same numbers.</summary>
    /// <returns>The copy.</returns>
    public RandomGenerator Clone() => new(this);

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>Any value.</returns>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Draws a whole number below a bound, each with exactly equal probability.</summary>
    /// <param name="exclusiveMax">The bound, at least 1.</param>
    /// <returns>A number in [0, <paramref name="exclusiveMax"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is 0.</exception>
    public ulong NextUInt64(ulong exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exclusiveMax);

        // Lemire, "Fast random integer generation in an interval" (2019): the high half of the product, with the few
        // low halves that would favour some results drawn again.
        ulong high = Math.BigMul(NextUInt64(), exclusiveMax, out ulong low);
        if (low < exclusiveMax)
        {
            ulong threshold = (0 - exclusiveMax) % exclusiveMax;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), exclusiveMax, out low);
            }
        }

        return high;
    }

    /// <summary>Draws a whole number below a bound, each with exactly equal probability.</summary>
    /// <param name="exclusiveMax">The bound, at least 1.</param>
    /// <returns>A number in [0, <paramref name="exclusiveMax"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        return (int)NextUInt64((ulong)exclusiveMax);
    }

    /// <summary>Draws a uniform number with 24 random bits.</summary>
    /// <returns>A number in [0, 1).</returns>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Draws a uniform number with 53 random bits.</summary>
    /// <returns>A number in [0, 1).</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Draws from the standard normal distribution by the Box–Muller transform.</summary>
    /// <returns>A number of mean 0 and variance 1.</returns>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts elements into a uniformly random order (Fisher–Yates).</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="items">The elements, reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)NextUInt64((ulong)i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>One step of SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private static ulong Mix(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
