namespace SparseTraining.Datasets.Input;

/// <summary>
/// Reads blocks whose length a file states. Memory grows with what the stream really holds, so that a false length costs
/// nothing.
/// </summary>
internal static class BoundedRead
{
    private const int FirstBlock = 64 * 1024;

    /// <summary>Reads a block of known length.</summary>
    /// <exception cref="InvalidDataException">The length is more than an array can hold, or the stream ends before it.</exception>
    public static byte[] Exactly(Stream stream, long length, string what)
    {
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException($"{what}: {length} bytes are stated, at most {Array.MaxLength} can be read.");
        }

        var block = new byte[Math.Min(length, FirstBlock)];
        int filled = 0;
        while (filled < length)
        {
            if (filled == block.Length)
            {
                Array.Resize(ref block, (int)Math.Min(length, 2L * block.Length));
            }

            int count = stream.Read(block, filled, block.Length - filled);
            if (count == 0)
            {
                throw new InvalidDataException($"{what}: the data ends after {filled} of {length} bytes.");
            }

            filled += count;
        }

        return block;
    }

    /// <summary>Fills a buffer.</summary>
    /// <exception cref="InvalidDataException">The stream ends before the buffer is full.</exception>
    public static void Exactly(Stream stream, Span<byte> buffer, string what)
    {
        int count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (count < buffer.Length)
        {
            throw new InvalidDataException($"{what}: the data ends after {count} of {buffer.Length} bytes.");
        }
    }

    /// <summary>Passes over bytes without keeping them.</summary>
    /// <exception cref="InvalidDataException">The stream ends before that many bytes.</exception>
    public static void Skip(Stream stream, long length, string what)
    {
        Span<byte> buffer = stackalloc byte[1024];
        for (long left = length; left > 0;)
        {
            int count = stream.Read(buffer[..(int)Math.Min(left, buffer.Length)]);
            if (count == 0)
            {
                throw new InvalidDataException($"{what}: the data ends after {length - left} of {length} bytes.");
            }

            left -= count;
        }
    }
}
