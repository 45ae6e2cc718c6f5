using System.Runtime.CompilerServices;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>How the gradient of one output depends on its error, output − target.</summary>
internal interface IErrorGradient
{
    T Invoke<T>(T error)
        where T : struct, ILane<T>;
}

/// <summary>
/// A loss that is a mean over the outputs of terms that belong to one output each, with a gradient that depends on
/// the error only.
/// </summary>
internal abstract class OutputLoss<TErrorGradient>(string name, double scale, TErrorGradient errorGradient) : Loss(name)
    where TErrorGradient : struct, IErrorGradient
{
    public sealed override void Evaluate(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        int width,
        Span<float> gradient,
        Span<double> sampleLosses)
    {
        ThrowIfShapesDiffer(logits, outputs, targets, weights, width, gradient, sampleLosses);
        int rows = outputs.Length / width;
        sampleLosses.Clear();
        for (int start = 0; start < outputs.Length; start += width)
        {
            for (int sample = 0; sample < width; sample++)
            {
                int i = start + sample;
                sampleLosses[sample] += Term(logits[i], outputs[i], targets[i]);
            }
        }

        for (int sample = 0; sample < width; sample++)
        {
            sampleLosses[sample] = weights[sample] == 0 ? 0 : weights[sample] * (sampleLosses[sample] / rows);
        }

        if (!gradient.IsEmpty)
        {
            Elementwise.Run(
                new GradientKernel(errorGradient, (float)(scale / rows), outputs, targets, weights, gradient), width);
        }
    }

    /// <summary>The term of one output in double precision.</summary>
    protected abstract double Term(double logit, double output, double target);

    /// <summary>gradient = weight · scale / outputs · g(output − target); a lane is one sample.</summary>
    internal readonly ref struct GradientKernel : ILaneKernel
    {
        private readonly TErrorGradient _errorGradient;
        private readonly float _scale;
        private readonly ReadOnlySpan<float> _outputs;
        private readonly ReadOnlySpan<float> _targets;
        private readonly ReadOnlySpan<float> _weights;
        private readonly Span<float> _gradient;
        private readonly int _width;
        private readonly int _length;

        public GradientKernel(
            TErrorGradient errorGradient,
            float scale,
            ReadOnlySpan<float> outputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<float> weights,
            Span<float> gradient)
        {
            _errorGradient = errorGradient;
            _scale = scale;
            _outputs = outputs;
            _targets = targets;
            _weights = weights;
            _gradient = gradient;
            _width = weights.Length;
            _length = outputs.Length;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<T>(int offset)
            where T : struct, ILane<T>
        {
            T zero = T.Broadcast(0f);
            T weight = _weights.LoadAt<T>(offset);
            T factor = weight * T.Broadcast(_scale);
            for (int i = offset; i < _length; i += _width)
            {
                T error = _outputs.LoadAt<T>(i) - _targets.LoadAt<T>(i);
                T value = factor * _errorGradient.Invoke(error);

                // Not weight · value alone: 0 · ∞ would be NaN. A NaN weight stays one.
                T.SelectGreater(weight, zero, value, factor * zero).StoreAt(_gradient, i);
            }
        }
    }
}
