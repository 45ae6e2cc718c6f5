using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// S-shaped ReLU (Jin et al., "Deep Learning with S-shaped Rectified Linear Activation Units", 2016), with four trained
/// parameters a neuron in the order t_l, a_l, t_r, a_r:
/// f(z) = t_r + a_r (z − t_r) for z &gt; t_r, t_l + a_l (z − t_l) for z &lt; t_l, and z between.
/// </summary>
/// <remarks>
/// Gradients: ∂f/∂t_l = 1 − a_l and ∂f/∂a_l = z − t_l left of t_l; ∂f/∂t_r = 1 − a_r and ∂f/∂a_r = z − t_r right of
/// t_r; 0 elsewhere. Should training move t_l past t_r, the right piece wins where both apply.
/// </remarks>
internal sealed class SReluActivation(double leftThreshold, double leftSlope, double rightThreshold, double rightSlope)
    : Activation(string.Create(
        CultureInfo.InvariantCulture, $"SRelu({leftThreshold}, {leftSlope}, {rightThreshold}, {rightSlope})"))
{
    private readonly float[] _initial =
    [
        ElementwiseScalar.Finite(leftThreshold, nameof(leftThreshold)),
        ElementwiseScalar.Finite(leftSlope, nameof(leftSlope)),
        rightThreshold >= leftThreshold
            ? ElementwiseScalar.Finite(rightThreshold, nameof(rightThreshold))
            : throw new ArgumentOutOfRangeException(
                nameof(rightThreshold),
                rightThreshold,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"rightThreshold is {rightThreshold}; it must be at least the left threshold {leftThreshold}.")),
        ElementwiseScalar.Finite(rightSlope, nameof(rightSlope)),
    ];

    public override int ParametersPerNeuron => 4;

    public override bool IsRectifier => true;

    /// <summary>First values t_l, a_l, t_r, a_r.</summary>
    public ReadOnlySpan<float> InitialParameters => _initial;

    public override void InitializeParameters(Span<float> parameters)
    {
        base.InitializeParameters(parameters);
        for (int offset = 0; offset < parameters.Length; offset += 4)
        {
            _initial.CopyTo(parameters[offset..]);
        }
    }

    public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfNotAligned(z, a, nameof(z), nameof(a));
        int rows = z.Length / width;
        ThrowIfParametersDiffer(parameters.Length, rows, nameof(parameters));
        for (int row = 0; row < rows; row++)
        {
            int start = row * width;
            Elementwise.Run(
                new UnaryKernel<ValueOperation>(
                    new(parameters.Slice(4 * row, 4)), z.Slice(start, width), a.Slice(start, width)),
                width);
        }
    }

    public override void Backward(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> da,
        Span<float> dz,
        int width,
        ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfNotAligned(z, dz, nameof(z), nameof(dz));
        ElementwiseChecks.ThrowIfNotAligned(da, dz, nameof(da), nameof(dz));
        int rows = z.Length / width;
        ThrowIfParametersDiffer(parameters.Length, rows, nameof(parameters));
        for (int row = 0; row < rows; row++)
        {
            int start = row * width;
            Elementwise.Run(
                new BinaryKernel<GradientOperation>(
                    new(parameters.Slice(4 * row, 4)),
                    z.Slice(start, width),
                    da.Slice(start, width),
                    dz.Slice(start, width)),
                width);
        }
    }

    public override void ParameterGradient(
        ReadOnlySpan<float> z,
        ReadOnlySpan<float> da,
        int width,
        ReadOnlySpan<float> parameters,
        Span<float> gradient)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfLengthDiffers(z.Length, da.Length, nameof(z), nameof(da));
        int rows = z.Length / width;
        ThrowIfParametersDiffer(parameters.Length, rows, nameof(parameters));
        ThrowIfParametersDiffer(gradient.Length, rows, nameof(gradient));
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> p = parameters.Slice(4 * row, 4);
            Span<float> g = gradient.Slice(4 * row, 4);
            ReadOnlySpan<float> sums = z.Slice(row * width, width);
            ReadOnlySpan<float> errors = da.Slice(row * width, width);
            var left = new LeftOperation(p[0], p[2]);
            var right = new RightOperation(p[2]);
            g[0] += (1 - p[1]) * ElementwiseSum.Of(left, sums, errors);
            g[1] += ElementwiseSum.Of(new DistanceOperation<LeftOperation>(p[0], left), sums, errors);
            g[2] += (1 - p[3]) * ElementwiseSum.Of(right, sums, errors);
            g[3] += ElementwiseSum.Of(new DistanceOperation<RightOperation>(p[2], right), sums, errors);
        }
    }

    internal readonly struct ValueOperation(ReadOnlySpan<float> p) : IUnaryOperation
    {
        private readonly float _leftThreshold = p[0];
        private readonly float _leftSlope = p[1];
        private readonly float _rightThreshold = p[2];
        private readonly float _rightSlope = p[3];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILane<T>
        {
            T leftThreshold = T.Broadcast(_leftThreshold);
            T rightThreshold = T.Broadcast(_rightThreshold);
            T left = T.MultiplyAdd(value - leftThreshold, T.Broadcast(_leftSlope), leftThreshold);
            T right = T.MultiplyAdd(value - rightThreshold, T.Broadcast(_rightSlope), rightThreshold);
            return T.SelectGreater(value, rightThreshold, right, T.SelectGreater(leftThreshold, value, left, value));
        }
    }

    internal readonly struct GradientOperation(ReadOnlySpan<float> p) : IBinaryOperation
    {
        private readonly float _leftThreshold = p[0];
        private readonly float _leftSlope = p[1];
        private readonly float _rightThreshold = p[2];
        private readonly float _rightSlope = p[3];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T>
        {
            T middle = T.SelectGreater(
                T.Broadcast(_leftThreshold), first, T.Broadcast(_leftSlope), T.Broadcast(1f));
            return second * T.SelectGreater(first, T.Broadcast(_rightThreshold), T.Broadcast(_rightSlope), middle);
        }
    }

    /// <summary>da where the left piece applies, else 0.</summary>
    internal readonly struct LeftOperation(float leftThreshold, float rightThreshold) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T>
        {
            T zero = T.Broadcast(0f);
            T middle = T.SelectGreater(T.Broadcast(leftThreshold), first, second, zero);
            return T.SelectGreater(first, T.Broadcast(rightThreshold), zero, middle);
        }
    }

    /// <summary>da where the right piece applies, else 0.</summary>
    internal readonly struct RightOperation(float rightThreshold) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> =>
            T.SelectGreater(first, T.Broadcast(rightThreshold), second, T.Broadcast(0f));
    }

    /// <summary>(z − threshold) times what another operation lets through of da.</summary>
    internal readonly struct DistanceOperation<TPiece>(float threshold, TPiece piece) : IBinaryOperation
        where TPiece : struct, IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T first, T second)
            where T : struct, ILane<T> =>
            (first - T.Broadcast(threshold)) * piece.Invoke(first, second);
    }
}
