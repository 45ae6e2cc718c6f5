using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks;

/// <summary>The networks and data that benchmarks run on: shapes as published, numbers at random.</summary>
internal static class Workloads
{
    public const string Small = "784-3x1000-10";
    public const string Medium = "784-4000-1000-4000-10";
    public const string Large = "784-4x4000-10";
    public const string Glioma = "4434-3x1000-4";

    /// <summary>1, 2, 4, ... up to the processors that there are.</summary>
    public static IEnumerable<int> ThreadCounts
    {
        get
        {
            for (int threads = 1; threads <= Environment.ProcessorCount; threads *= 2)
            {
                yield return threads;
            }
        }
    }

    /// <summary>Inputs, hidden layers and outputs of a network by its name.</summary>
    public static (int Inputs, int[] Hidden, int Outputs) Shape(string network) => network switch
    {
        Small => (784, [1000, 1000, 1000], 10),
        Medium => (784, [4000, 1000, 4000], 10),
        Large => (784, [4000, 4000, 4000, 4000], 10),
        Glioma => (4434, [1000, 1000, 1000], 4),
        _ => throw new ArgumentOutOfRangeException(nameof(network), network, "No such network."),
    };

    /// <summary>
    /// Makes a network with the dropout of the published experiments. Its learning rate is too small to change
    /// anything, so that the last step meets the same numbers as the first.
    /// </summary>
    public static SparseMlp Network(
        string network,
        LayerKind layers,
        double epsilon = 20,
        Optimizer? optimizer = null,
        TopologyEvolution? evolution = null)
    {
        (int inputs, int[] hidden, int outputs) = Shape(network);
        return new SparseMlp(inputs, hidden, outputs, new SparseMlpOptions
        {
            Layers = layers,
            Epsilon = epsilon,
            Dropout = 0.3,
            Optimizer = optimizer ?? Optimizers.Optimizers.Momentum(1e-6),
            Evolution = evolution ?? TopologyEvolution.None,
            Seed = 1,
        });
    }

    /// <summary>Random features in [0, 1) and random labels for a network.</summary>
    public static Dataset Data(string network, int samples)
    {
        (int inputs, _, int outputs) = Shape(network);
        var random = new RandomGenerator(2);
        var labels = new int[samples];
        for (int i = 0; i < samples; i++)
        {
            labels[i] = random.Next(outputs);
        }

        return new Dataset(FeatureMatrix.FromMatrix(Numbers(samples * inputs, 0f), inputs), Targets.FromLabels(labels));
    }

    /// <summary>Random numbers in [lowest, 1).</summary>
    public static float[] Numbers(int count, float lowest)
    {
        var random = new RandomGenerator(3);
        var numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = lowest + (1f - lowest) * random.NextSingle();
        }

        return numbers;
    }
}
