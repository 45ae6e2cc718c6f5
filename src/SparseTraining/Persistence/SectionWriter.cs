using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace SparseTraining.Persistence;

/// <summary>Builds one section at a time in memory: tag, length, content, CRC-32 of all three.</summary>
internal sealed class SectionWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>Starts a section.</summary>
    public void Begin(string tag)
    {
        _length = 0;
        Encoding.ASCII.GetBytes(tag, Room(4));
        Room(4);
    }

    /// <summary>Ends a section. The result is overwritten by the next one.</summary>
    public ReadOnlyMemory<byte> End()
    {
        int content = _length - SectionFormat.HeadBytes;
        if (content > SectionFormat.LongestContent)
        {
            throw new InvalidOperationException($"A section of {content} bytes is longer than {SectionFormat.LongestContent}.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(4), content);
        uint checksum = Crc32.HashToUInt32(_buffer.AsSpan(0, _length));
        BinaryPrimitives.WriteUInt32LittleEndian(Room(4), checksum);
        return _buffer.AsMemory(0, _length);
    }

    public void Byte(byte value) => Room(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>LEB128: seven bits a byte, the lowest first, the high bit set on all bytes but the last.</summary>
    public void Varint(long value)
    {
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            Byte((byte)(rest | 0x80));
        }

        Byte((byte)rest);
    }

    public void Single(float value) => BinaryPrimitives.WriteSingleLittleEndian(Room(4), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);

    /// <summary>UTF-8, its length in bytes before it.</summary>
    public void Text(string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        Varint(count);
        Encoding.UTF8.GetBytes(value, Room(count));
    }

    /// <summary>Makes room at the end and returns it.</summary>
    public Span<byte> Room(int count)
    {
        if (_buffer.Length < _length + count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        Span<byte> room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
