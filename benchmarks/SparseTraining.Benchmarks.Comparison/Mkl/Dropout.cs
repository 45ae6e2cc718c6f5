using System.Runtime.Intrinsics;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>What the outputs of hidden neurons are multiplied by.</summary>
internal interface IDropout
{
    /// <summary>The factors of the next sixteen outputs.</summary>
    Vector512<float> Factors();
}

/// <summary>For predictions: nothing is dropped.</summary>
internal readonly struct NoDropout : IDropout
{
    public Vector512<float> Factors() => Vector512<float>.One;
}

/// <summary>
/// For training: 0 with the given probability, else 1 / (1 − probability). Sixteen generators (Marsaglia's xorshift) side by
/// side, so that drawing costs less than the product around it.
/// </summary>
internal struct RandomDropout : IDropout
{
    private readonly Vector512<uint> _threshold;
    private readonly Vector512<float> _scale;
    private Vector512<uint> _state;

    public RandomDropout(double probability, int seed)
    {
        var random = new Random(seed);
        Span<uint> state = stackalloc uint[Vector512<uint>.Count];
        foreach (ref uint lane in state)
        {
            // 0 would stay 0 for ever.
            lane = (uint)random.NextInt64(1, 1L << 32);
        }

        _state = Vector512.Create<uint>(state);
        _threshold = Vector512.Create((uint)(probability * uint.MaxValue));
        _scale = Vector512.Create((float)(1 / (1 - probability)));
    }

    public Vector512<float> Factors()
    {
        Vector512<uint> state = _state;
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        _state = state;
        return Vector512.GreaterThanOrEqual(state, _threshold).AsSingle() & _scale;
    }
}
