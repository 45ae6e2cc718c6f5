namespace SparseTraining.Persistence;

/// <summary>
/// Moves sections between memory and streams, with or without waiting. What is written is a sequence of sections; what
/// reads is a sequence of the tags that it wants next, which continues when that section is there. So the format exists
/// once, for both kinds of streams.
/// </summary>
internal static class SectionSequence
{
    public static void Write(Stream stream, IEnumerable<ReadOnlyMemory<byte>> sections)
    {
        foreach (ReadOnlyMemory<byte> section in sections)
        {
            stream.Write(section.Span);
        }
    }

    public static async Task WriteAsync(Stream stream, IEnumerable<ReadOnlyMemory<byte>> sections, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> section in sections)
        {
            await stream.WriteAsync(section, cancellationToken).ConfigureAwait(false);
        }
    }

    public static void Read(Stream stream, SectionReader reader, IEnumerable<string> wanted)
    {
        foreach (string tag in wanted)
        {
            reader.Read(stream, tag);
        }

        reader.ThrowIfNotConsumed();
    }

    public static async Task ReadAsync(Stream stream, SectionReader reader, IEnumerable<string> wanted, CancellationToken cancellationToken)
    {
        foreach (string tag in wanted)
        {
            await reader.ReadAsync(stream, tag, cancellationToken).ConfigureAwait(false);
        }

        reader.ThrowIfNotConsumed();
    }
}
