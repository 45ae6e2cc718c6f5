using Microsoft.ML.Data;
using SparseTraining.Randomness;

namespace SparseTraining.MLNet.Data;

/// <summary>
/// What is done to features before they reach the network; fitted on the training data and kept with the model. A feature that
/// never varies is left out. Every other one is brought to median 0 and a robust unit spread, and bent smoothly into (−3, 3),
/// so that outliers stay harmless. A missing value becomes 0, and a feature that is missing somewhere in the training data gets
/// a second input that says so. Where there is room, a feature also gets inputs for its quantile bins (piecewise linear
/// encoding, Gorishniy et al. 2022): steps, which trees find easily and narrow networks do not.
/// </summary>
internal sealed class FeatureEncoder
{
    /// <summary>Rows that quantiles are taken from; fewer where features are many.</summary>
    private const int LargestSample = 10_000;
    private const int SmallestSample = 1_000;
    private const int SampledValues = 200_000_000;

    /// <summary>Values that are looked at together.</summary>
    private const int BlockValues = 1 << 22;

    private readonly EncodedFeature[] _features;

    private FeatureEncoder(int inputCount, EncodedFeature[] features)
    {
        InputCount = inputCount;
        _features = features;

        // A network has at least one input, be it one that says nothing.
        PlainCount = Math.Max(1, features.Sum(feature => feature.PlainCount));
        OutputCount = PlainCount + features.Sum(feature => feature.BinCount);
    }

    /// <summary>Features of a row.</summary>
    public int InputCount { get; }

    /// <summary>The first inputs, which are the features themselves.</summary>
    public int PlainCount { get; }

    /// <summary>All inputs: after those, the bins.</summary>
    public int OutputCount { get; }

    /// <summary>Fits the encoder.</summary>
    /// <param name="rows">The training data.</param>
    /// <param name="bins">The most quantile bins of a feature; 0 for none.</param>
    /// <param name="seed">Which rows quantiles are taken from, where there are many.</param>
    public static FeatureEncoder Fit(TrainingRows rows, int bins, ulong seed)
    {
        FeatureRange[] ranges = FeatureRange.Of(rows);
        int[] sample = Sample(rows, seed);
        var features = new List<EncodedFeature>();

        // All columns at once would be a second copy of the data.
        int blockSize = Math.Min(rows.FeatureCount, Math.Max(1, BlockValues / sample.Length));
        var block = new float[blockSize][];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = new float[sample.Length];
        }

        var raw = new float[rows.FeatureCount];
        for (int start = 0; start < rows.FeatureCount; start += blockSize)
        {
            int width = Math.Min(blockSize, rows.FeatureCount - start);
            for (int s = 0; s < sample.Length; s++)
            {
                VBuffer<float> row = rows.Features(sample[s]);
                row.CopyTo(raw);
                for (int i = 0; i < width; i++)
                {
                    block[i][s] = raw[start + i];
                }
            }

            for (int i = 0; i < width; i++)
            {
                if (EncodedFeature.Fit(start + i, ranges[start + i], block[i], bins) is { } feature)
                {
                    features.Add(feature);
                }
            }
        }

        return new FeatureEncoder(rows.FeatureCount, [.. features]);
    }

    /// <summary>Encodes one row.</summary>
    /// <param name="raw"><see cref="InputCount"/> values, NaN where missing.</param>
    /// <param name="destination"><see cref="OutputCount"/> values, or only the first <see cref="PlainCount"/>; all finite.</param>
    public void Encode(ReadOnlySpan<float> raw, Span<float> destination)
    {
        destination[0] = 0;
        int plain = 0, bins = PlainCount;
        foreach (EncodedFeature feature in _features)
        {
            feature.EncodePlain(raw[feature.Input], destination.Slice(plain, feature.PlainCount));
            plain += feature.PlainCount;
            if (destination.Length > PlainCount)
            {
                feature.EncodeBins(raw[feature.Input], destination.Slice(bins, feature.BinCount));
                bins += feature.BinCount;
            }
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(InputCount);
        writer.Write(_features.Length);
        foreach (EncodedFeature feature in _features)
        {
            feature.Save(writer);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are no encoder.</exception>
    public static FeatureEncoder Load(BinaryReader reader)
    {
        int inputs = reader.ReadInt32();
        int count = reader.ReadInt32();
        if (inputs < 1 || count < 0 || count > inputs)
        {
            throw new InvalidDataException($"The model encodes {count} of {inputs} features, which cannot be.");
        }

        var features = new List<EncodedFeature>();
        for (int i = 0; i < count; i++)
        {
            EncodedFeature feature = EncodedFeature.Load(reader);
            features.Add((uint)feature.Input < (uint)inputs
                ? feature
                : throw new InvalidDataException($"The model encodes feature {feature.Input} of {inputs}."));
        }

        return new FeatureEncoder(inputs, [.. features]);
    }

    private static int[] Sample(TrainingRows rows, ulong seed)
    {
        var order = new int[rows.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        int size = Math.Clamp(SampledValues / rows.FeatureCount, SmallestSample, LargestSample);
        if (order.Length <= size)
        {
            return order;
        }

        RandomGenerator.Named(seed, "encoder").Shuffle<int>(order);
        return order[..size];
    }
}
