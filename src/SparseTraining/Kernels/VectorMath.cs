using System.Runtime.CompilerServices;

namespace SparseTraining.Kernels;

/// <summary>
/// Exponential, hyperbolic tangent, logistic and normal distribution function, made of exactly rounded operations
/// only, so that a result is the same bits at every width and on every machine.
/// </summary>
/// <remarks>
/// Polynomials are minimax fits of this project (Remez exchange in 40 digits). NaN gives NaN everywhere: clamps are
/// selections whose comparison a NaN fails, so that it stays.
/// </remarks>
internal static class VectorMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has 15 significant bits, so that its product with an exponent is exact.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;

    private const float ErfcScale = 0.4f;
    private const float SqrtHalf = 0.707106781f;
    private const float InverseSqrtTwoPi = 0.398942280f;

    /// <summary>e^x within 2 units in the last place; overflows to +∞ and underflows through subnormals to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILane<T>
    {
        x = Clamp(x, -104f, 89f);
        T exponent = T.Round(x * T.Broadcast(Log2E));
        T result = ExpMinusOneReduced(x, exponent) + T.Broadcast(1f);

        // In two halves: each is a normal power of two although 2^exponent may be neither, and only the second product
        // can round.
        T half = T.Round(exponent * T.Broadcast(0.5f));
        return result * T.PowerOfTwo(half) * T.PowerOfTwo(exponent - half);
    }

    /// <summary>e^x − 1 for x ≤ 0, with small relative error also near 0. Above 0 the result has no meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOneOfNegative<T>(T x)
        where T : struct, ILane<T>
    {
        x = Clamp(x, -30f, 0f); // e^−30 is lost beside 1
        T exponent = T.Round(x * T.Broadcast(Log2E));
        T power = T.PowerOfTwo(exponent);
        return T.MultiplyAdd(ExpMinusOneReduced(x, exponent), power, power - T.Broadcast(1f));
    }

    /// <summary>1 / (1 + e^−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILane<T> =>
        T.Broadcast(1f) / (T.Broadcast(1f) + Exp(x * T.Broadcast(-1f)));

    /// <summary>tanh x: an odd polynomial below 0.625, 1 − 2/(e^2|x| + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILane<T>
    {
        T one = T.Broadcast(1f);
        T size = T.Abs(x);
        T large = one - (T.Broadcast(2f) / (Exp(size + size) + one));
        large = T.SelectGreater(T.Broadcast(0f), x, T.Broadcast(0f) - large, large);

        T square = x * x;
        T small = T.Broadcast(-0.006010652568f);
        small = T.MultiplyAdd(small, square, T.Broadcast(0.02093867561f));
        small = T.MultiplyAdd(small, square, T.Broadcast(-0.05383887286f));
        small = T.MultiplyAdd(small, square, T.Broadcast(0.1333269421f));
        small = T.MultiplyAdd(small, square, T.Broadcast(-0.3333332826f));
        small = T.MultiplyAdd(small, square, one) * x;
        return T.SelectGreater(size, T.Broadcast(0.625f), large, small);
    }

    /// <summary>Φ(x) = ½ erfc(−x/√2), the standard normal distribution function.</summary>
    /// <remarks>
    /// erfc y = e^(−y²) t Q(t) with t = 1/(1 + 0.4 y), the form of Abramowitz and Stegun 7.1.26 with a polynomial of
    /// degree 8 fitted for the relative error (7e−8). The absolute error of Φ is below 2e−7, and the far left tail,
    /// where rounding y² is what counts, keeps four digits.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDistribution<T>(T x)
        where T : struct, ILane<T>
    {
        T one = T.Broadcast(1f);
        T y = Clamp(T.Abs(x) * T.Broadcast(SqrtHalf), 0f, 15f);
        T t = one / T.MultiplyAdd(y, T.Broadcast(ErfcScale), one);
        T q = T.Broadcast(0.04288117267f);
        q = T.MultiplyAdd(q, t, T.Broadcast(-0.1482604671f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.1004424893f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.0690972466f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.09280976659f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.1878301152f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.2033095649f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.2262443412f));
        q = T.MultiplyAdd(q, t, T.Broadcast(0.2256458401f));
        T tail = T.Broadcast(0.5f) * q * t * Exp(y * y * T.Broadcast(-1f));
        return T.SelectGreater(x, T.Broadcast(0f), one - tail, tail);
    }

    /// <summary>φ(x) = e^(−x²/2) / √(2π), the standard normal density.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NormalDensity<T>(T x)
        where T : struct, ILane<T> =>
        Exp(x * x * T.Broadcast(-0.5f)) * T.Broadcast(InverseSqrtTwoPi);

    /// <summary>Limits x to [low, high]; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clamp<T>(T x, float low, float high)
        where T : struct, ILane<T>
    {
        T lowest = T.Broadcast(low);
        T highest = T.Broadcast(high);
        return T.SelectGreater(x, highest, highest, T.SelectGreater(lowest, x, lowest, x));
    }

    /// <summary>e^r − 1 with r = x − exponent · ln 2, |r| ≤ ½ ln 2: r + r² P(r), relative error below 2e−8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T ExpMinusOneReduced<T>(T x, T exponent)
        where T : struct, ILane<T>
    {
        T r = T.MultiplyAdd(exponent, T.Broadcast(-Ln2High), x);
        r = T.MultiplyAdd(exponent, T.Broadcast(-Ln2Low), r);
        T p = T.Broadcast(0.001394112391f);
        p = T.MultiplyAdd(p, r, T.Broadcast(0.008363181219f));
        p = T.MultiplyAdd(p, r, T.Broadcast(0.04166637514f));
        p = T.MultiplyAdd(p, r, T.Broadcast(0.1666657697f));
        p = T.MultiplyAdd(p, r, T.Broadcast(0.5000000027f));
        return T.MultiplyAdd(p * r, r, r);
    }
}
