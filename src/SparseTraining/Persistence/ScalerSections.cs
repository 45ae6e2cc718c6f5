using SparseTraining.Data;

namespace SparseTraining.Persistence;

/// <summary>A scaler: its offsets (OFFS), then its scales (SCAL).</summary>
internal static class ScalerSections
{
    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, FeatureScaler scaler) =>
        ArrayBlocks.Write(writer, "OFFS", scaler.FeatureCount, (w, first, count) => ArrayBlocks.WriteSingles(w, scaler.Offsets.Slice(first, count)))
            .Concat(ArrayBlocks.Write(writer, "SCAL", scaler.FeatureCount, (w, first, count) => ArrayBlocks.WriteSingles(w, scaler.Scales.Slice(first, count))));

    public static IEnumerable<string> Read(SectionReader reader, int features, Action<FeatureScaler> done)
    {
        float[] offsets = [];
        float[] scales = [];
        IEnumerable<string> arrays = ArrayBlocks.Read<float>(reader, "OFFS", features, (r, _, d) => ArrayBlocks.ReadSingles(r, d), a => offsets = a)
            .Concat(ArrayBlocks.Read<float>(reader, "SCAL", features, (r, _, d) => ArrayBlocks.ReadSingles(r, d), a => scales = a));
        foreach (string tag in arrays)
        {
            yield return tag;
        }

        try
        {
            done(new FeatureScaler(offsets, scales));
        }
        catch (ArgumentException e)
        {
            throw reader.Damaged(e.Message, e);
        }
    }
}
