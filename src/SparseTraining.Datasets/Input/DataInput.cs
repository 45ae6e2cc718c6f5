namespace SparseTraining.Datasets.Input;

/// <summary>Opens what a reader was given: a path or a stream, plain or compressed with gzip.</summary>
internal static class DataInput
{
    /// <summary>Opens a file, reads it, and names it in the message if its content is wrong.</summary>
    public static T ReadFile<T>(string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Looks at the first two bytes and unpacks if they are those of gzip. Disposing the result leaves the given stream
    /// open.
    /// </summary>
    public static Stream Unpack(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var start = new byte[2];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new StreamWithStart(start.AsMemory(0, count), stream);
        return count == 2 && start[0] == 0x1f && start[1] == 0x8b
            ? UnpackedStream.FromGzip(whole)
            : whole;
    }

    /// <summary>Puts bytes that were read to look at them back in front of a stream that may not be able to seek.</summary>
    private sealed class StreamWithStart(ReadOnlyMemory<byte> start, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
            {
                return rest.Read(buffer);
            }

            int count = Math.Min(buffer.Length, _start.Length);
            _start.Span[..count].CopyTo(buffer);
            _start = _start[count..];
            return count;
        }
    }
}
