namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>Bias and softmax of the output layer, and the gradient of its cross-entropy. Few values, so no lanes.</summary>
internal static unsafe class SoftmaxLoss
{
    /// <summary>logits ← softmax(logits + bias), by sample; the steps lead to the next sample's and the next class's logit.</summary>
    public static void Probabilities(float* logits, float* bias, int samples, int classes, int sampleStep, int classStep)
    {
        for (int sample = 0; sample < samples; sample++)
        {
            float* first = logits + sample * sampleStep;
            float largest = float.NegativeInfinity;
            for (int c = 0; c < classes; c++)
            {
                first[c * classStep] += bias[c];
                largest = MathF.Max(largest, first[c * classStep]);
            }

            float sum = 0f;
            for (int c = 0; c < classes; c++)
            {
                first[c * classStep] = MathF.Exp(first[c * classStep] - largest);
                sum += first[c * classStep];
            }

            for (int c = 0; c < classes; c++)
            {
                first[c * classStep] /= sum;
            }
        }
    }

    /// <summary>Turns probabilities into the gradient of the summed cross-entropy with respect to the logits.</summary>
    public static void Gradient(float* probabilities, ReadOnlySpan<int> labels, int sampleStep, int classStep)
    {
        for (int sample = 0; sample < labels.Length; sample++)
        {
            probabilities[sample * sampleStep + labels[sample] * classStep] -= 1f;
        }
    }
}
