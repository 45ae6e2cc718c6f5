using SparseTraining.Data;
using SparseTraining.Randomness;

namespace MillionNeuronsSample;

/// <summary>
/// Ten clusters in a thousand dimensions. Each class shifts a few features of its own; everything else is noise, and far
/// stronger in all: what a class looks like is a needle in a haystack, but one that can be found.
/// </summary>
internal static class Clusters
{
    public const int Features = 1000;
    public const int Classes = 10;
    private const int FeaturesOfClass = 40;
    private const float Shift = 1.25f;

    /// <summary>Draws samples; equal seeds and numbers give equal data, and any seed the same classes.</summary>
    public static Dataset Draw(int samples, ulong seed)
    {
        RandomGenerator places = RandomGenerator.Named(0, "classes");
        var informative = new int[Classes][];
        for (int label = 0; label < Classes; label++)
        {
            int[] features = [.. Enumerable.Range(0, Features)];
            places.Shuffle(features.AsSpan());
            informative[label] = features[..FeaturesOfClass];
        }

        RandomGenerator random = RandomGenerator.Named(seed, "samples");
        var values = new float[samples * Features];
        var labels = new int[samples];
        for (int sample = 0; sample < samples; sample++)
        {
            Span<float> row = values.AsSpan(sample * Features, Features);
            foreach (ref float value in row)
            {
                value = (float)random.NextGaussian();
            }

            labels[sample] = random.Next(Classes);
            foreach (int feature in informative[labels[sample]])
            {
                row[feature] += Shift;
            }
        }

        return new Dataset(FeatureMatrix.FromMatrix(values, Features), Targets.FromLabels(labels));
    }
}
