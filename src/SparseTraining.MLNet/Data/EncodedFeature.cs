namespace SparseTraining.MLNet.Data;

/// <summary>How one feature is encoded: a scaled value, then whether it is missing, then its quantile bins.</summary>
/// <param name="Input">Which feature.</param>
/// <param name="Offset">What becomes 0.</param>
/// <param name="Scale">What the difference is multiplied by.</param>
/// <param name="TellsMissing">Whether an input says that the value is missing.</param>
/// <param name="Bounds">Bounds of the bins, rising; one more than there are bins, or none.</param>
internal sealed record EncodedFeature(int Input, float Offset, float Scale, bool TellsMissing, float[] Bounds)
{
    /// <summary>Values are bent into (−3, 3).</summary>
    private const float Limit = 3;

    /// <summary>Inputs of the network for the value itself.</summary>
    public int PlainCount => TellsMissing ? 2 : 1;

    /// <summary>Inputs of the network for the quantile bins.</summary>
    public int BinCount => Math.Max(0, Bounds.Length - 1);

    /// <summary>Fits one feature, or returns null if it says nothing.</summary>
    /// <param name="input">Which feature.</param>
    /// <param name="range">Its range over all rows.</param>
    /// <param name="sample">Values of some rows; sorted here.</param>
    /// <param name="bins">The most bins.</param>
    public static EncodedFeature? Fit(int input, FeatureRange range, float[] sample, int bins)
    {
        if (range.Lowest > range.Highest)
        {
            return null;
        }

        double width = (double)range.Highest - range.Lowest;
        if (!(width > Math.Max(Math.Abs(range.Lowest), Math.Abs(range.Highest)) * 1e-7))
        {
            return range.IsMissing ? new EncodedFeature(input, range.Lowest, 0, true, []) : null;
        }

        int known = SortKnown(sample);
        ReadOnlySpan<float> sorted = sample.AsSpan(0, known);
        float median = known == 0 ? range.Lowest : Quantile(sorted, 0.5);
        double spread = known == 0 ? 0 : (double)Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
        double scale = spread > width * 1e-6 ? 1 / spread : 2 / width;
        scale = Math.Min(scale, float.MaxValue); // infinite for subnormal values, and 0 times it is no number
        return new EncodedFeature(input, median, (float)scale, range.IsMissing, bins < 2 ? [] : BinBounds(sorted, bins));
    }

    /// <summary>Scales a value, and says whether it is missing.</summary>
    /// <param name="value">The value; not finite if missing.</param>
    /// <param name="destination"><see cref="PlainCount"/> values.</param>
    public void EncodePlain(float value, Span<float> destination)
    {
        bool isMissing = !float.IsFinite(value);
        float scaled = isMissing ? 0 : Math.Clamp((value - Offset) * Scale, -1e6f, 1e6f);
        destination[0] = scaled / MathF.Sqrt(1 + scaled * scaled / (Limit * Limit));
        if (TellsMissing)
        {
            destination[1] = isMissing ? 1 : 0;
        }
    }

    /// <summary>Says for each bin where a value lies in it.</summary>
    /// <param name="value">The value; not finite if missing.</param>
    /// <param name="destination"><see cref="BinCount"/> values.</param>
    public void EncodeBins(float value, Span<float> destination)
    {
        for (int bin = 0; bin < BinCount; bin++)
        {
            // Where the value lies in the bin: 0 below it, 1 above it; less its mean over values that fill all bins alike.
            float mean = (BinCount - bin - 0.5f) / BinCount;
            float part = !float.IsFinite(value) ? mean : Math.Clamp((value - Bounds[bin]) / (Bounds[bin + 1] - Bounds[bin]), 0, 1);
            destination[bin] = part - mean;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Input);
        writer.Write(Offset);
        writer.Write(Scale);
        writer.Write(TellsMissing);
        writer.Write((byte)Bounds.Length);
        foreach (float bound in Bounds)
        {
            writer.Write(bound);
        }
    }

    public static EncodedFeature Load(BinaryReader reader)
    {
        var feature = new EncodedFeature(reader.ReadInt32(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadBoolean(), new float[reader.ReadByte()]);
        for (int i = 0; i < feature.Bounds.Length; i++)
        {
            feature.Bounds[i] = reader.ReadSingle();
        }

        return feature;
    }

    /// <summary>Brings the finite values to the front, sorted; returns how many there are.</summary>
    private static int SortKnown(float[] values)
    {
        int known = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
            {
                values[known++] = values[i];
            }
        }

        Array.Sort(values, 0, known);
        return known;
    }

    private static float Quantile(ReadOnlySpan<float> sorted, double fraction) =>
        sorted[(int)Math.Round(fraction * (sorted.Length - 1))];

    /// <summary>Distinct quantiles; fewer where a value is frequent. Nothing for a feature of two values: it is its own step.</summary>
    private static float[] BinBounds(ReadOnlySpan<float> sorted, int bins)
    {
        var bounds = new List<float>(bins + 1);
        for (int i = 0; i <= bins && sorted.Length > 0; i++)
        {
            float bound = Quantile(sorted, (double)i / bins);
            if (bounds.Count == 0 || bound > bounds[^1])
            {
                bounds.Add(bound);
            }
        }

        return bounds.Count > 2 ? [.. bounds] : [];
    }
}
