using System.Diagnostics;
using SparseTraining;
using SparseTraining.Data;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Running;

/// <summary>How long predictions take: the median of several repetitions after a warm-up.</summary>
internal static class Inference
{
    private const int Samples = 1000, SingleSamples = 50, MinRepetitions = 3, MaxRepetitions = 20;
    private const double Enough = 0.2;

    /// <summary>Microseconds a sample, where many are predicted at once.</summary>
    public static double Batch(SparseMlp mlp, Dataset data, int threads)
    {
        Dataset part = data.Count <= Samples ? data : data.Subset([.. Enumerable.Range(0, Samples)]);
        return 1e6 * Median(() => mlp.Predict(part, threads)) / part.Count;
    }

    /// <summary>Microseconds a sample, where one is predicted at a time.</summary>
    public static double Single(SparseMlp mlp, Dataset data)
    {
        int count = Math.Min(SingleSamples, data.Count);
        var samples = new float[count][];
        for (int i = 0; i < count; i++)
        {
            samples[i] = new float[data.FeatureCount];
            data.CopyFeatures(i, samples[i]);
        }

        var outputs = new float[mlp.OutputSize];
        return 1e6 * Median(() =>
        {
            foreach (float[] sample in samples)
            {
                mlp.Predict(sample, outputs);
            }
        }) / count;
    }

    private static double Median(Action action)
    {
        action();
        var seconds = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (seconds.Count < MinRepetitions
            || (seconds.Count < MaxRepetitions && Stopwatch.GetElapsedTime(start).TotalSeconds < Enough))
        {
            long before = Stopwatch.GetTimestamp();
            action();
            seconds.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return Numbers.Median(seconds);
    }
}
