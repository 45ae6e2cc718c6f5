using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Predictions on the calling thread, and the checks that all who predict samples share.</summary>
internal static class SamplePrediction
{
    /// <summary>Predicts rows of features, [samples, inputs], into rows of outputs, [samples, outputs].</summary>
    public static void Run(InferencePool pool, int inputs, int outputs, ReadOnlySpan<float> features, Span<float> destination)
    {
        ThrowIfUnfit(inputs, outputs, features, destination);
        InferencePass pass = pool.Rent();
        try
        {
            pass.Predict(features, destination, WorkerTeam.Alone);
        }
        finally
        {
            pool.Return(pass);
        }
    }

    public static void ThrowIfUnfit(int inputs, int outputs, ReadOnlySpan<float> features, ReadOnlySpan<float> destination)
    {
        int samples = features.Length / inputs;
        ThrowIfNotSamples(features, inputs, samples);
        if (destination.Length != (long)samples * outputs)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} values; {samples} samples of {outputs} outputs need {(long)samples * outputs}.", nameof(destination));
        }

        if (features.Overlaps(destination))
        {
            throw new ArgumentException("The destination must not share memory with the features.", nameof(destination));
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

    /// <summary>The number of threads that a caller asked for, checked.</summary>
    public static int Threads(int maxDegreeOfParallelism) => maxDegreeOfParallelism switch
    {
        -1 or >= 1 => maxDegreeOfParallelism,
        _ => throw new ArgumentOutOfRangeException(
            nameof(maxDegreeOfParallelism), maxDegreeOfParallelism, "The number of threads must be at least 1, or -1 for one a free processor."),
    };

    public static void ThrowIfNotClassifier(MlpTask task)
    {
        if (task is not (MlpTask.MulticlassClassification or MlpTask.BinaryClassification))
        {
            throw new InvalidOperationException($"A model for {task} does not choose one class; use Predict.");
        }
    }
}
