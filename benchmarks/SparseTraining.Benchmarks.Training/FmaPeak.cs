using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseTraining.Kernels;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// What one core can do at best: multiply-adds on registers alone, in more independent chains than latency × ports of
/// any current core (4 × 2, and 5 × 2 on older ones).
/// </summary>
internal static class FmaPeak
{
    private const int Rounds = 1000;
    private const int Chains = 12;

    /// <summary>Floating-point operations of one <see cref="Run"/>.</summary>
    public static double Operations =>
        2.0 * Rounds * Chains * (Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4);

    public static void Run(Span<float> sink)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<Lane512>(sink);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<Lane256>(sink);
        }
        else
        {
            Loop<Lane128>(sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<T>(Span<float> sink)
        where T : struct, ILane<T>
    {
        // x ← x / 2 + 1 stays near 2: no infinities, no subnormal numbers.
        T half = T.Broadcast(0.5f);
        T one = T.Broadcast(1f);
        T a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one, i = one, j = one, k = one, l = one;
        for (int round = 0; round < Rounds; round++)
        {
            a = T.MultiplyAdd(a, half, one);
            b = T.MultiplyAdd(b, half, one);
            c = T.MultiplyAdd(c, half, one);
            d = T.MultiplyAdd(d, half, one);
            e = T.MultiplyAdd(e, half, one);
            f = T.MultiplyAdd(f, half, one);
            g = T.MultiplyAdd(g, half, one);
            h = T.MultiplyAdd(h, half, one);
            i = T.MultiplyAdd(i, half, one);
            j = T.MultiplyAdd(j, half, one);
            k = T.MultiplyAdd(k, half, one);
            l = T.MultiplyAdd(l, half, one);
        }

        (a + b + c + d + (e + f + g + h) + (i + j + k + l)).Store(ref sink[0]);
    }
}
