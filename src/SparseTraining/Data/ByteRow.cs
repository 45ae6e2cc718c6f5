namespace SparseTraining.Data;

/// <summary>One sample of bytes, and the number that each of the 256 stands for.</summary>
internal readonly record struct ByteRow(ReadOnlyMemory<byte> Values, float[] Numbers)
{
    public void CopyTo(Span<float> destination)
    {
        ReadOnlySpan<byte> values = Values.Span;
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = Numbers[values[i]];
        }
    }
}
