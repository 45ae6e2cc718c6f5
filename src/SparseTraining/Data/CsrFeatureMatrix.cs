namespace SparseTraining.Data;

/// <summary>Samples in compressed sparse row form; a batch gets them written out.</summary>
internal sealed class CsrFeatureMatrix(
    int featureCount,
    ReadOnlyMemory<int> rowPointers,
    ReadOnlyMemory<int> columnIndices,
    ReadOnlyMemory<float> values)
    : FeatureMatrix(rowPointers.Length - 1, featureCount)
{
    public override void CopyRow(int sample, Span<float> destination)
    {
        destination[..FeatureCount].Clear();
        ReadOnlySpan<int> columns = columnIndices.Span[Entries(sample)];
        ReadOnlySpan<float> entries = values.Span[Entries(sample)];
        for (int i = 0; i < columns.Length; i++)
        {
            destination[columns[i]] = entries[i];
        }
    }

    internal override ReadOnlySpan<float> StoredValues(int sample) => values.Span[Entries(sample)];

    internal override int FeatureOfStored(int sample, int position) => columnIndices.Span[Entries(sample)][position];

    internal override void WriteTo(MiniBatch batch, int position, int sample) =>
        CopyRow(sample, batch.WriteFeatures(position));

    private Range Entries(int sample) => rowPointers.Span[sample]..rowPointers.Span[sample + 1];
}
