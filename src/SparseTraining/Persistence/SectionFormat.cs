namespace SparseTraining.Persistence;

/// <summary>The frame that model files and checkpoints share: a signature, then sections. See docs/model-format.md.</summary>
internal static class SectionFormat
{
    /// <summary>The newest version of the format, which this library writes; it reads all from 1.</summary>
    public const int Version = 1;

    /// <summary>Bytes before a section's content: its tag and its length.</summary>
    public const int HeadBytes = 8;

    /// <summary>Bytes after a section's content: its checksum.</summary>
    public const int ChecksumBytes = 4;

    /// <summary>
    /// The longest content that a section may state, so that a wrong length cannot ask for much memory. A block of the
    /// longest varints fits.
    /// </summary>
    public const int LongestContent = 1 << 23;

    /// <summary>Elements of every block of an array but the last.</summary>
    public const int BlockLength = 1 << 20;

    /// <summary>
    /// The first bytes of a file. As in PNG, the high bit, both line ends and the end-of-file character show what a
    /// transfer as text has broken.
    /// </summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'P', (byte)'T', 0x0d, 0x0a, 0x1a, 0x0a];
}
