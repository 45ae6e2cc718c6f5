using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// What a step does between the products, each in one pass over memory. Sixteen lanes at a time; what is left over goes
/// through the same lanes by way of a small buffer.
/// </summary>
internal static unsafe class Elementwise
{
    private const int Lanes = 16;

    /// <summary>
    /// y ← max(0, y + b) · dropout, where the step between biases is 1 if each value has one of its own, 0 if all share one.
    /// </summary>
    public static void BiasReluDropout<T>(float* values, float* bias, int biasStep, int count, ref T dropout)
        where T : struct, IDropout
    {
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512<float> sum = Vector512.Load(values + i) + Bias(bias, biasStep, i);
            (Vector512.Max(sum, Vector512<float>.Zero) * dropout.Factors()).Store(values + i);
        }

        if (i < count)
        {
            float* rest = stackalloc float[2 * Lanes];
            Copy(values + i, rest, count - i);
            Copy(bias + i * biasStep, rest + Lanes, biasStep == 0 ? 1 : count - i);
            Vector512<float> sum = Vector512.Load(rest) + Bias(rest + Lanes, biasStep, 0);
            (Vector512.Max(sum, Vector512<float>.Zero) * dropout.Factors()).Store(rest);
            Copy(rest, values + i, count - i);
        }
    }

    /// <summary>
    /// g ← g · scale where the output is above 0, else 0. An output is 0 if ReLU or dropout made it so, hence no mask of
    /// dropout is kept.
    /// </summary>
    public static void ReluDropoutGradient(float* gradient, float* output, int count, float scale)
    {
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512<float> alive = Vector512.GreaterThan(Vector512.Load(output + i), Vector512<float>.Zero);
            (Vector512.Load(gradient + i) * scale & alive).Store(gradient + i);
        }

        for (; i < count; i++)
        {
            gradient[i] = output[i] > 0f ? gradient[i] * scale : 0f;
        }
    }

    /// <summary>v ← μ v − η g; w ← w + v.</summary>
    public static void Momentum(float* weights, float* velocity, float* gradient, int count, float momentum, float rate)
    {
        Vector512<float> decay = Vector512.Create(momentum);
        Vector512<float> step = Vector512.Create(-rate);
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512<float> next = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + i), step, Vector512.Load(velocity + i) * decay);
            next.Store(velocity + i);
            (Vector512.Load(weights + i) + next).Store(weights + i);
        }

        for (; i < count; i++)
        {
            velocity[i] = momentum * velocity[i] - rate * gradient[i];
            weights[i] += velocity[i];
        }
    }

    /// <summary>sums ← the sums of [samples, stride] over samples, for the first <paramref name="count"/> features.</summary>
    public static void SampleSums(float* block, int stride, int samples, float* sums, int count)
    {
        new Span<float>(sums, count).Clear();
        for (int sample = 0; sample < samples; sample++)
        {
            float* row = block + (nint)sample * stride;
            int i = 0;
            for (; i <= count - Lanes; i += Lanes)
            {
                (Vector512.Load(sums + i) + Vector512.Load(row + i)).Store(sums + i);
            }

            for (; i < count; i++)
            {
                sums[i] += row[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Bias(float* bias, int step, int i) => step == 0 ? Vector512.Create(*bias) : Vector512.Load(bias + i);

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
