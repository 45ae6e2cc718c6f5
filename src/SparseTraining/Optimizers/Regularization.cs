using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Optimizers;

/// <summary>What pulls weights towards zero beside the loss. The default is nothing.</summary>
public sealed record Regularization
{
    /// <summary>No regularization.</summary>
    public static Regularization None { get; } = new();

    /// <summary>Coupled L1: g ← g + L1 · sign(w) before the optimizer. Finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double L1
    {
        get;
        init
        {
            _ = ElementwiseScalar.NonNegative(value, nameof(L1));
            field = value;
        }
    }

    /// <summary>Coupled L2: g ← g + L2 · w before the optimizer. Finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double L2
    {
        get;
        init
        {
            _ = ElementwiseScalar.NonNegative(value, nameof(L2));
            field = value;
        }
    }

    /// <summary>
    /// Decoupled decay: w ← w − d · w after the optimizer, not multiplied by the learning rate (published SET code:
    /// 0.0002). In [0, 1).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double DecoupledDecay
    {
        get;
        init
        {
            _ = ElementwiseScalar.Fraction(value, nameof(DecoupledDecay));
            field = value;
        }
    }

    /// <summary>Whether biases are pulled as well, as the published SET code does. Trained parameters of activations never are.</summary>
    public bool IncludeBias { get; init; }

    /// <summary>Whether <see cref="AddCoupledTerms"/> changes anything.</summary>
    internal bool HasCoupledTerms => L1 > 0 || L2 > 0;

    /// <summary>gradient += L2 · w + L1 · sign(w), sign(0) = 0.</summary>
    internal void AddCoupledTerms(ReadOnlySpan<float> parameters, Span<float> gradient)
    {
        if (HasCoupledTerms)
        {
            Elementwise.Apply(new CoupledOperation((float)L1, (float)L2), parameters, gradient, gradient);
        }
    }

    /// <summary>w ← w − d · w.</summary>
    internal void ApplyDecay(Span<float> parameters)
    {
        if (DecoupledDecay > 0)
        {
            Elementwise.Apply(new DecayOperation((float)-DecoupledDecay), parameters, parameters);
        }
    }

    private readonly struct CoupledOperation(float l1, float l2) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T>
        {
            T zero = T.Broadcast(0f);
            T sign = T.SelectGreater(
                first, zero, T.Broadcast(l1), T.SelectGreater(zero, first, T.Broadcast(-l1), zero));
            return T.MultiplyAdd(first, T.Broadcast(l2), second) + sign;
        }
    }

    private readonly struct DecayOperation(float negativeDecay) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T> =>
            T.MultiplyAdd(value, T.Broadcast(negativeDecay), value);
    }
}
