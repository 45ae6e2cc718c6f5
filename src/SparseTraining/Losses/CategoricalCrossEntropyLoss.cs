using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Activations;
using SparseTraining.Kernels;

namespace SparseTraining.Losses;

/// <summary>
/// L = −Σ_k t′_k ln p_k with p = softmax(z) and smoothed targets t′_k = (1 − s) t_k + s/K (Szegedy et al., 2016), as
/// it is computed from the logits: (Σ_k t′_k) ln Σ_k e^(z_k) − Σ_k t′_k z_k; ∂L/∂z_k = (Σ_j t′_j) p_k − t′_k.
/// </summary>
/// <remarks>Targets of a sample usually sum to 1; the equations hold for any targets.</remarks>
internal sealed class CategoricalCrossEntropyLoss(double labelSmoothing) : Loss(
    string.Create(CultureInfo.InvariantCulture, $"CategoricalCrossEntropy({labelSmoothing})"))
{
    private readonly float _smoothing = ElementwiseScalar.Fraction(labelSmoothing, nameof(labelSmoothing));

    public double LabelSmoothing { get; } = labelSmoothing;

    public override bool GradientIsWithRespectToLogits => true;

    public override void ThrowIfIncompatible(Activation outputActivation)
    {
        base.ThrowIfIncompatible(outputActivation);
        if (outputActivation is not SoftmaxActivation)
        {
            throw new ArgumentException(
                $"{Name} needs the output activation Softmax, not {outputActivation.Name}.", nameof(outputActivation));
        }
    }

    public override void Evaluate(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<float> outputs,
        ReadOnlySpan<float> targets,
        ReadOnlySpan<float> weights,
        int width,
        Span<float> gradient,
        Span<double> sampleLosses)
    {
        ThrowIfShapesDiffer(logits, outputs, targets, weights, width, gradient, sampleLosses);
        for (int sample = 0; sample < width; sample++)
        {
            float weight = weights[sample];
            sampleLosses[sample] = weight == 0 ? 0 : weight * SampleLoss(logits, outputs, targets, sample, width);
        }

        if (!gradient.IsEmpty)
        {
            Elementwise.Run(new GradientKernel(_smoothing, outputs, targets, weights, gradient), width);
        }
    }

    /// <remarks>
    /// ln Σ e^(z_k) = z_max + ln(1 + Σ′ p_k / p_max), the sum without the highest class: softmax has the exponentials already, and
    /// p_max is at least 1/K.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SampleLoss(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, int sample, int width)
    {
        int top = BlockColumn.Highest(outputs, width, sample) * width + sample;
        double highest = logits[top];
        double share = LabelSmoothing * width / logits.Length;
        double others = 0;
        double targetSum = 0;
        double product = 0;
        for (int i = sample; i < logits.Length; i += width)
        {
            double target = ((1 - LabelSmoothing) * targets[i]) + share;
            others += i == top ? 0 : outputs[i];
            targetSum += target;

            // A class that is not wanted may have logit −∞, and 0 · ∞ would be NaN.
            product += target == 0 ? 0 : target * (logits[i] - highest);
        }

        return (targetSum * LogOnePlus(others / outputs[top])) - product;
    }

    /// <summary>ln(1 + x), x ≥ 0, also where x is too small to change 1.</summary>
    private static double LogOnePlus(double x) => x < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);

    /// <summary>gradient = weight · ((Σ t′) p − t′); a lane is one sample, the sum runs down the rows.</summary>
    internal readonly ref struct GradientKernel : ILaneKernel
    {
        private readonly float _keep;
        private readonly float _share;
        private readonly ReadOnlySpan<float> _outputs;
        private readonly ReadOnlySpan<float> _targets;
        private readonly ReadOnlySpan<float> _weights;
        private readonly Span<float> _gradient;
        private readonly int _width;
        private readonly int _length;

        public GradientKernel(
            float smoothing,
            ReadOnlySpan<float> outputs,
            ReadOnlySpan<float> targets,
            ReadOnlySpan<float> weights,
            Span<float> gradient)
        {
            _keep = 1 - smoothing;
            _share = smoothing * weights.Length / outputs.Length;
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
            T keep = T.Broadcast(_keep);
            T share = T.Broadcast(_share);
            T sum = zero;
            for (int i = offset; i < _length; i += _width)
            {
                sum += T.MultiplyAdd(_targets.LoadAt<T>(i), keep, share);
            }

            T weight = _weights.LoadAt<T>(offset);
            for (int i = offset; i < _length; i += _width)
            {
                T target = T.MultiplyAdd(_targets.LoadAt<T>(i), keep, share);
                T value = weight * ((sum * _outputs.LoadAt<T>(i)) - target);

                // Not weight · value alone: 0 · ∞ would be NaN. A NaN weight stays one.
                T.SelectGreater(weight, zero, value, weight * zero).StoreAt(_gradient, i);
            }
        }
    }
}
