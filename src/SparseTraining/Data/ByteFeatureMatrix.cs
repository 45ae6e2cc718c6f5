namespace SparseTraining.Data;

/// <summary>Samples of bytes, such as images, that become floats only where a batch is put together.</summary>
internal sealed class ByteFeatureMatrix(ReadOnlyMemory<byte> values, int featureCount, float divisor)
    : FeatureMatrix(values.Length / featureCount, featureCount)
{
    private readonly float[] _numbers = [.. Enumerable.Range(0, 256).Select(value => value / divisor)];

    public override void CopyRow(int sample, Span<float> destination) => new ByteRow(Row(sample), _numbers).CopyTo(destination);

    /// <remarks>None can be NaN or infinite.</remarks>
    internal override ReadOnlySpan<float> StoredValues(int sample) => [];

    internal override void WriteTo(MiniBatch batch, int position, int sample) =>
        batch.ReferToBytes(position, new ByteRow(Row(sample), _numbers));

    private ReadOnlyMemory<byte> Row(int sample) => values.Slice(sample * FeatureCount, FeatureCount);
}
