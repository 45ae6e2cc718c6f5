namespace SparseTraining.Data;

/// <summary>Samples that each lie in their own block of memory.</summary>
internal sealed class RowFeatureMatrix(IReadOnlyList<ReadOnlyMemory<float>> rows, int featureCount)
    : FeatureMatrix(rows.Count, featureCount)
{
    public override void CopyRow(int sample, Span<float> destination) => rows[sample].Span.CopyTo(destination);

    internal override ReadOnlySpan<float> StoredValues(int sample) => rows[sample].Span;

    internal override void WriteTo(MiniBatch batch, int position, int sample) =>
        batch.ReferToFeatures(position, rows[sample]);
}
