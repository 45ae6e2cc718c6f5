using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace SparseTraining.Persistence;

/// <summary>
/// Holds one section at a time, its checksum proven, and takes values from it. Memory grows with the bytes that really
/// arrive: at most twice the longest section.
/// </summary>
/// <param name="what">What is read, for messages: "model file".</param>
internal sealed class SectionReader(string what)
{
    private const int FirstRoom = 4096;

    // Strict: a byte sequence that is not UTF-8 is damage, not a replacement character.
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private byte[] _buffer = new byte[FirstRoom];
    private int _filled;
    private int _needed;
    private int _position;
    private int _end;
    private bool _signatureSeen;
    private string _tag = "";

    /// <summary>Bytes of the content that have not been taken.</summary>
    public int Remaining => _end - _position;

    /// <summary>Reads the next section, which must have a certain tag.</summary>
    public void Read(Stream stream, string tag)
    {
        Memory<byte> room = Start(tag);
        while (!room.IsEmpty)
        {
            room = Next(stream.Read(room.Span));
        }
    }

    /// <inheritdoc cref="Read"/>
    public async ValueTask ReadAsync(Stream stream, string tag, CancellationToken cancellationToken)
    {
        Memory<byte> room = Start(tag);
        while (!room.IsEmpty)
        {
            room = Next(await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false));
        }
    }

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw Damaged($"a flag is {other}, not 0 or 1"),
    };

    /// <summary>A varint within [0, <paramref name="largest"/>].</summary>
    public long Varint(long largest, string name)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value <= (ulong)largest ? (long)value : throw Damaged($"{name} is {value}; it must lie in [0, {largest}]");
            }
        }

        throw Damaged($"{name} has more than 9 bytes");
    }

    public int Int32(int largest, string name) => (int)Varint(largest, name);

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public string Text(string name)
    {
        int count = Int32(Remaining, $"the length of {name}");
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException e)
        {
            throw Damaged($"{name} is not UTF-8", e);
        }
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Damaged($"its content of {_end - SectionFormat.HeadBytes} bytes is too short");
        }

        _position += count;
        return _buffer.AsSpan(_position - count, count);
    }

    /// <summary>Nothing may be left of a section when the next one is asked for.</summary>
    public void ThrowIfNotConsumed()
    {
        if (Remaining > 0)
        {
            throw Damaged($"its content is {Remaining} bytes too long");
        }
    }

    /// <summary>The exception for content that breaks a rule.</summary>
    public InvalidDataException Damaged(string reason, Exception? cause = null) =>
        new($"The {what} is damaged: section {_tag}: {reason}.", cause);

    private Memory<byte> Start(string tag)
    {
        ThrowIfNotConsumed();
        _tag = tag;
        (_filled, _position, _end) = (0, 0, 0);
        _needed = _signatureSeen ? SectionFormat.HeadBytes : SectionFormat.Signature.Length;
        return _buffer.AsMemory(0, _needed);
    }

    /// <summary>Takes note of bytes that arrived; returns where the next ones go, or nothing once the section is whole.</summary>
    private Memory<byte> Next(int count)
    {
        if (count == 0)
        {
            throw new InvalidDataException(
                _filled == 0 && !_signatureSeen ? $"The {what} is empty." : $"The {what} is cut off: it ends within or before section {_tag}.");
        }

        _filled += count;
        if (_filled == _needed)
        {
            if (!_signatureSeen)
            {
                return AfterSignature();
            }

            if (_needed == SectionFormat.HeadBytes)
            {
                AfterHead();
            }
            else
            {
                AfterContent();
                return default;
            }
        }

        if (_filled == _buffer.Length)
        {
            // Never more than twice of what has arrived, whatever length is stated.
            Array.Resize(ref _buffer, Math.Min(_needed, _buffer.Length * 2));
        }

        return _buffer.AsMemory(_filled, Math.Min(_needed, _buffer.Length) - _filled);
    }

    private Memory<byte> AfterSignature()
    {
        if (!_buffer.AsSpan(0, _filled).SequenceEqual(SectionFormat.Signature))
        {
            throw new InvalidDataException($"This is not a {what} of SparseTraining: it does not begin with its signature.");
        }

        _signatureSeen = true;
        _filled = 0;
        _needed = SectionFormat.HeadBytes;
        return _buffer.AsMemory(0, _needed);
    }

    private void AfterHead()
    {
        ReadOnlySpan<byte> tag = _buffer.AsSpan(0, 4);
        if (!Ascii.Equals(tag, _tag))
        {
            throw new InvalidDataException(
                $"The {what} is damaged: there is section {Convert.ToHexString(tag)} where {_tag} ({Convert.ToHexString(Encoding.ASCII.GetBytes(_tag))}) belongs.");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(4));
        if (length > SectionFormat.LongestContent)
        {
            throw Damaged($"it states {length} bytes; {SectionFormat.LongestContent} are the most");
        }

        _position = SectionFormat.HeadBytes;
        _end = SectionFormat.HeadBytes + (int)length;
        _needed = _end + SectionFormat.ChecksumBytes;
    }

    private void AfterContent()
    {
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_end));
        uint actual = Crc32.HashToUInt32(_buffer.AsSpan(0, _end));
        if (stated != actual)
        {
            throw Damaged($"its checksum is {actual:x8}, not {stated:x8} as stated");
        }
    }
}
