using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Activations;

/// <summary>
/// Each sample's values become positive and sum to 1: a_k = e^(z_k − max z) / Σ_j e^(z_j − max z). Backward:
/// dz_k = a_k (da_k − Σ_j a_j da_j).
/// </summary>
/// <remarks>
/// Lane note: a lane is one sample, so that maximum and sums run down the rows, in row order, without crossing lanes.
/// </remarks>
internal sealed class SoftmaxActivation() : Activation("Softmax")
{
    public override bool IsElementwise => false;

    public override void Forward(ReadOnlySpan<float> z, Span<float> a, int width, ReadOnlySpan<float> parameters)
    {
        ElementwiseChecks.ThrowIfNotRows(z.Length, width, nameof(z));
        ElementwiseChecks.ThrowIfNotAligned(z, a, nameof(z), nameof(a));
        ThrowIfParametersDiffer(parameters.Length, z.Length / width, nameof(parameters));
        if (z.Length > 0)
        {
            Elementwise.Run(new ForwardKernel(z, a, width), width);
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
        ElementwiseChecks.ThrowIfNotRows(a.Length, width, nameof(a));
        ElementwiseChecks.ThrowIfNotAligned(a, dz, nameof(a), nameof(dz));
        ElementwiseChecks.ThrowIfNotAligned(da, dz, nameof(da), nameof(dz));
        ThrowIfParametersDiffer(parameters.Length, a.Length / width, nameof(parameters));
        if (a.Length > 0)
        {
            Elementwise.Run(new BackwardKernel(a, da, dz, width), width);
        }
    }

    internal readonly ref struct ForwardKernel : ILaneKernel
    {
        private readonly ReadOnlySpan<float> _z;
        private readonly Span<float> _a;
        private readonly int _width;
        private readonly int _length;

        public ForwardKernel(ReadOnlySpan<float> z, Span<float> a, int width)
        {
            _z = z;
            _a = a;
            _width = width;
            _length = z.Length;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(int offset)
            where T : struct, ILane<T>
        {
            T highest = _z.LoadAt<T>(offset);
            for (int i = offset + _width; i < _length; i += _width)
            {
                T value = _z.LoadAt<T>(i);
                highest = T.SelectGreater(value, highest, value, highest);
            }

            T sum = T.Broadcast(0f);
            for (int i = offset; i < _length; i += _width)
            {
                T power = VectorMath.Exp(_z.LoadAt<T>(i) - highest);
                power.StoreAt(_a, i);
                sum += power;
            }

            for (int i = offset; i < _length; i += _width)
            {
                (((ReadOnlySpan<float>)_a).LoadAt<T>(i) / sum).StoreAt(_a, i);
            }
        }
    }

    internal readonly ref struct BackwardKernel : ILaneKernel
    {
        private readonly ReadOnlySpan<float> _a;
        private readonly ReadOnlySpan<float> _da;
        private readonly Span<float> _dz;
        private readonly int _width;
        private readonly int _length;

        public BackwardKernel(ReadOnlySpan<float> a, ReadOnlySpan<float> da, Span<float> dz, int width)
        {
            _a = a;
            _da = da;
            _dz = dz;
            _width = width;
            _length = a.Length;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(int offset)
            where T : struct, ILane<T>
        {
            T mean = T.Broadcast(0f);
            for (int i = offset; i < _length; i += _width)
            {
                mean = T.MultiplyAdd(_a.LoadAt<T>(i), _da.LoadAt<T>(i), mean);
            }

            for (int i = offset; i < _length; i += _width)
            {
                T value = _a.LoadAt<T>(i);
                (value * (_da.LoadAt<T>(i) - mean)).StoreAt(_dz, i);
            }
        }
    }
}
