namespace SparseTraining.Training;

/// <summary>Predictions on the calling thread, with the checks that a model and a predictor share.</summary>
internal static class SamplePrediction
{
    /// <summary>Predicts rows of features, [samples, inputs], into rows of outputs, [samples, outputs].</summary>
    public static void Run(InferencePool pool, int inputs, int outputs, ReadOnlySpan<float> features, Span<float> destination)
    {
        int samples = features.Length / inputs;
        ThrowIfNotSamples(features, inputs, samples);
        if (destination.Length != (long)samples * outputs)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} values; {samples} samples of {outputs} outputs need {(long)samples * outputs}.", nameof(destination));
        }

        InferencePass pass = pool.Rent();
        try
        {
            pass.Predict(features, destination);
        }
        finally
        {
            pool.Return(pass);
        }
    }

    public static void ThrowIfNotSamples(ReadOnlySpan<float> features, int inputs, int samples)
    {
        if (samples < 1 || features.Length != (long)samples * inputs)
        {
            throw new ArgumentException($"{features.Length} features are not a whole number of samples of {inputs} features.", nameof(features));
        }

        int wrong = features.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Sample {wrong / inputs} has the value {features[wrong]} in feature {wrong % inputs}; features must be finite.", nameof(features));
        }
    }

    public static void ThrowIfNotClassifier(MlpTask task)
    {
        if (task is not (MlpTask.MulticlassClassification or MlpTask.BinaryClassification))
        {
            throw new InvalidOperationException($"A model for {task} does not choose one class; use Predict.");
        }
    }
}
