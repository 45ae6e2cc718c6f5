using System.Globalization;
using System.Runtime.CompilerServices;
using SparseTraining.Data;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Topology;
using SparseTraining.Training;

namespace SparseTraining.Tiers.Tests;

/// <summary>What training left behind, as a hash for each kind of thing, so that a difference says where it is.</summary>
internal readonly record struct TrainedBits(ulong Parameters, ulong State, ulong Outputs, ulong Losses)
{
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>Trains from scratch.</summary>
    public static TrainedBits Of(Configuration configuration, int threads)
    {
        var mlp = new SparseMlp(configuration.Inputs, configuration.Hidden, configuration.Outputs, configuration.Options);
        Dataset validation = Data(configuration, samples: 70, seed: 6);
        FitResult fit = mlp.Fit(Data(configuration, configuration.SampleCount, seed: 5), new FitOptions
        {
            Epochs = 3,
            BatchSize = configuration.BatchSize,
            MaxDegreeOfParallelism = threads,
            Validation = validation,
        });
        return new TrainedBits(HashOfParameters(mlp), HashOfState(mlp), HashOfOutputs(mlp, validation, threads), HashOfLosses(fit));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static TrainedBits Parse(string text)
    {
        ulong[] hashes = [.. text.Split(' ').Select(part => ulong.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        return new TrainedBits(hashes[0], hashes[1], hashes[2], hashes[3]);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Parameters:x16} {State:x16} {Outputs:x16} {Losses:x16}");

    private static ulong HashOfParameters(SparseMlp mlp)
    {
        ulong hash = HashStart;
        foreach (LinearLayer layer in mlp.Layers)
        {
            if (layer is IRewirable rewirable)
            {
                foreach (Link link in rewirable.Mask)
                {
                    hash = Add(Add(hash, (uint)link.Row), (uint)link.Column);
                }
            }
        }

        return NetworkOf(mlp).Parameters.Aggregate(hash, (sum, array) => Add(sum, array.Values));
    }

    private static ulong HashOfState(SparseMlp mlp) =>
        NetworkOf(mlp).Parameters.Aggregate(HashStart, (sum, array) => Add(Add(sum, array.FirstState), array.SecondState));

    private static ulong HashOfOutputs(SparseMlp mlp, Dataset data, int threads)
    {
        float[][] rows = mlp.Predict(data, threads);
        return rows.Aggregate(HashStart, Add);
    }

    /// <remarks>Rounded to single precision: the logarithm is the platform's, and its last bit in double precision no promise.</remarks>
    private static ulong HashOfLosses(FitResult fit) => fit.History.Aggregate(HashStart, (hash, epoch) => Add(
        hash, [(float)epoch.TrainingLoss, (float)epoch.TrainingAccuracy, (float)epoch.Validation!.Loss, epoch.LinksPruned, epoch.LinksGrown]));

    private static ulong Add(ulong hash, float[] values)
    {
        foreach (float value in values)
        {
            // All NaN are one: which bits a NaN has is left to the hardware.
            hash = Add(hash, BitConverter.SingleToUInt32Bits(float.IsNaN(value) ? float.NaN : value));
        }

        return hash;
    }

    private static ulong Add(ulong hash, uint value) => (hash ^ value) * HashFactor;

    /// <summary>Classes are clouds around random centres; the other targets are functions of the class.</summary>
    private static Dataset Data(Configuration configuration, int samples, ulong seed)
    {
        int classes = configuration.Task == MlpTask.BinaryClassification ? 2 : 4;
        var random = new RandomGenerator(99);
        float[][] centres = [.. Enumerable.Range(0, classes).Select(_ => Draw(random, configuration.Inputs))];
        random = new RandomGenerator(seed);
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % classes)];
        float[][] features = [.. labels.Select(label => centres[label].Zip(Draw(random, configuration.Inputs), (c, v) => c + 0.6f * v).ToArray())];
        Targets targets = configuration.Task switch
        {
            MlpTask.MultiLabelClassification => Targets.FromRows([.. labels.Select(label => new[] { label % 2 == 0 ? 1f : 0f, label > 1 ? 1f : 0f })]),
            MlpTask.Regression => Targets.FromRows([.. labels.Select(label => Enumerable.Range(1, configuration.Outputs).Select(o => label * 0.5f / o - 0.75f).ToArray())]),
            _ => Targets.FromLabels(labels),
        };
        byte[] bytes = [.. features.SelectMany(row => row).Select(value => (byte)((value + 1.6f) * 79))];
        return new Dataset(
            configuration.IsOfBytes ? FeatureMatrix.FromBytes(bytes, configuration.Inputs, divisor: 79) : FeatureMatrix.FromRows(features), targets);
    }

    private static float[] Draw(RandomGenerator random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_network")]
    private static extern ref Network NetworkOf(SparseMlp mlp);
}
