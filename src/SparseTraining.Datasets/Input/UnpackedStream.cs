using System.IO.Compression;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// The content of a compressed stream, with every complaint of the decompressor turned into the exception that readers
/// document. Disposing it leaves the compressed stream open.
/// </summary>
/// <remarks>
/// The decompressor itself takes an end of its input anywhere for the end of the data. But it asks for more only where
/// something is missing, or where with gzip another member might follow; there it gets a member that says the end, whose
/// content must come out alone. What follows the last member and is none, such as padding, it never reads to the end.
/// </remarks>
internal sealed class UnpackedStream : ForwardStream
{
    private static readonly byte[] EndContent = "the end"u8.ToArray();
    private static readonly byte[] EndMember = Pack(EndContent);

    private readonly Source _source;
    private readonly Stream _decompressor;
    private readonly bool _hasMembers;
    private bool _isAtEnd;

    private UnpackedStream(Source source, Stream decompressor, bool hasMembers)
    {
        _source = source;
        _decompressor = decompressor;
        _hasMembers = hasMembers;
    }

    /// <summary>Unpacks gzip, of one member or several.</summary>
    public static UnpackedStream FromGzip(Stream packed)
    {
        var source = new Source(packed, EndMember);
        return new UnpackedStream(source, new GZipStream(source, CompressionMode.Decompress), hasMembers: true);
    }

    /// <summary>Unpacks zlib.</summary>
    public static UnpackedStream FromZlib(Stream packed)
    {
        var source = new Source(packed, default);
        return new UnpackedStream(source, new ZLibStream(source, CompressionMode.Decompress), hasMembers: false);
    }

    /// <exception cref="InvalidDataException">The data is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        int count = Decompress(buffer);
        if (_source.IsPastEnd)
        {
            RequireEnd(buffer[..count]);
            count = 0;
        }

        _isAtEnd = count == 0;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressor.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        // Errors of the stream below pass as they are.
        try
        {
            return _decompressor.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !_source.HasFailed)
        {
            throw _source.IsPastEnd
                ? CutOff(e)
                : new InvalidDataException("The compressed data is damaged: it cannot be unpacked, or its checksum does not fit.", e);
        }
    }

    /// <summary>Requires what comes after the end of the compressed stream to be what was put there.</summary>
    private void RequireEnd(ReadOnlySpan<byte> first)
    {
        var content = new List<byte>(first.ToArray());
        var buffer = new byte[EndContent.Length];
        while (content.Count <= EndContent.Length && Decompress(buffer) is > 0 and int count)
        {
            content.AddRange(buffer[..count]);
        }

        if (!_hasMembers || !content.SequenceEqual(EndContent))
        {
            throw CutOff(null);
        }
    }

    private static InvalidDataException CutOff(Exception? inner) => new("The compressed data is cut off.", inner);

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A stream with something after its end, never in one read with what is before.</summary>
    private sealed class Source(Stream inner, ReadOnlyMemory<byte> after) : ForwardStream
    {
        private ReadOnlyMemory<byte> _after = after;

        /// <summary>Whether more was asked for than the stream has.</summary>
        public bool IsPastEnd { get; private set; }

        /// <summary>Whether the stream itself has thrown an exception.</summary>
        public bool HasFailed { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (!IsPastEnd)
            {
                HasFailed = true;
                int count = inner.Read(buffer);
                HasFailed = false;
                IsPastEnd = count == 0 && !buffer.IsEmpty;
                if (!IsPastEnd)
                {
                    return count;
                }
            }

            int rest = Math.Min(buffer.Length, _after.Length);
            _after.Span[..rest].CopyTo(buffer);
            _after = _after[rest..];
            return rest;
        }
    }
}
