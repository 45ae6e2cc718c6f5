namespace SparseTraining.Persistence;

/// <summary>A named array of a foreign file.</summary>
/// <param name="Type">The type by its name in safetensors: F32, I64.</param>
/// <param name="Shape">The dimensions, the last one fastest.</param>
/// <param name="Bytes">The numbers, little-endian.</param>
internal sealed record PlainArray(string Type, long[] Shape, byte[] Bytes)
{
    public static PlainArray Of(ReadOnlySpan<float> values) => new("F32", [values.Length], PlainNumbers.Bytes(values));

    public static PlainArray Of(ReadOnlySpan<int> values) => new("I32", [values.Length], PlainNumbers.Bytes(values));

    /// <summary>The numbers that a shape has, or −1 if they are more than an array can hold.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
        {
            if (size < 0 || (size > 0 && count > Array.MaxLength / size))
            {
                return -1;
            }

            count *= size;
        }

        return count;
    }
}
