using SparseTraining.Data;
using SparseTraining.Randomness;

namespace ThesisExperiments.Data;

/// <summary>
/// Generated data in place of a data set that is not at hand: the same numbers of features and of samples of each class. A
/// tenth of the features follow the class, the others are noise. What a network reaches on it says nothing about the real data.
/// </summary>
internal static class StandIn
{
    private const double Informative = 0.1;
    private const float Distance = 0.5f;

    /// <summary>Draws the samples, class after class.</summary>
    /// <param name="features">Features of a sample.</param>
    /// <param name="classSizes">Samples of each class.</param>
    /// <param name="seed">Decides the samples; the place of the classes is always the same.</param>
    public static Dataset Draw(int features, IReadOnlyList<int> classSizes, ulong seed)
    {
        RandomGenerator places = RandomGenerator.Named(1, "stand-in/classes");
        RandomGenerator noise = RandomGenerator.Named(seed, "stand-in/samples");
        int informative = Math.Max(1, (int)(Informative * features));
        var rows = new List<float[]>();
        var labels = new List<int>();
        for (int c = 0; c < classSizes.Count; c++)
        {
            float[] place = [.. Enumerable.Range(0, features).Select(f => f < informative ? Distance * (float)places.NextGaussian() : 0)];
            for (int i = 0; i < classSizes[c]; i++)
            {
                rows.Add([.. place.Select(mean => mean + (float)noise.NextGaussian())]);
                labels.Add(c);
            }
        }

        return Dataset.FromLabels(rows, labels.ToArray());
    }
}
