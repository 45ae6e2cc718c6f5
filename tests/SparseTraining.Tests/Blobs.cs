using SparseTraining.Data;
using SparseTraining.Randomness;

namespace SparseTraining.Tests;

/// <summary>Small made-up data: classes are clouds of points around random centres.</summary>
internal static class Blobs
{
    public static (float[][] X, int[] Labels) Rows(int samples, int features = 20, int classes = 4, ulong seed = 1, float spread = 0.6f)
    {
        var centres = new RandomGenerator(99);
        float[][] centre = [.. Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, features).Select(_ => centres.NextSingle() * 2 - 1).ToArray())];
        var random = new RandomGenerator(seed);
        var x = new float[samples][];
        var labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            labels[i] = i % classes;
            x[i] = [.. centre[labels[i]].Select(c => c + spread * (random.NextSingle() * 2 - 1))];
        }

        return (x, labels);
    }

    public static Dataset Data(int samples, int features = 20, int classes = 4, ulong seed = 1)
    {
        (float[][] x, int[] labels) = Rows(samples, features, classes, seed);
        return Dataset.FromLabels(x, labels);
    }
}
