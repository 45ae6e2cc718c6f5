namespace SparseTraining.Data;

/// <summary>Samples that lie one after another in one block of memory.</summary>
internal sealed class DenseFeatureMatrix(ReadOnlyMemory<float> values, int featureCount)
    : FeatureMatrix(values.Length / featureCount, featureCount)
{
    public override void CopyRow(int sample, Span<float> destination) => Row(sample).Span.CopyTo(destination);

    internal override ReadOnlySpan<float> StoredValues(int sample) => Row(sample).Span;

    internal override void WriteTo(MiniBatch batch, int position, int sample) =>
        batch.ReferToFeatures(position, Row(sample));

    private ReadOnlyMemory<float> Row(int sample) => values.Slice(sample * FeatureCount, FeatureCount);
}
