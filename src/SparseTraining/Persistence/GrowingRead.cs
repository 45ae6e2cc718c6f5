namespace SparseTraining.Persistence;

/// <summary>Reads a stated number of bytes, with memory for at most twice as many as have come.</summary>
internal static class GrowingRead
{
    private const int FirstRoom = 1 << 16;

    public static byte[] Exactly(Stream stream, long count, string what)
    {
        if (count > Array.MaxLength)
        {
            throw new InvalidDataException($"{what}: {count} bytes are more than an array can hold.");
        }

        var bytes = new byte[Math.Min(count, FirstRoom)];
        int filled = 0;
        while (filled < count)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            }

            int read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
            {
                throw new InvalidDataException($"{what}: the data ends {count - filled} bytes early.");
            }

            filled += read;
        }

        return bytes;
    }
}
