using System.Buffers.Binary;

namespace SparseTraining.Datasets.Input;

/// <summary>
/// The eight bytes before the data of an element: type and size, or, for at most four bytes of data, type, size and the
/// data itself.
/// </summary>
internal readonly record struct MatTag(uint Type, uint Size, bool IsSmall, uint SmallData)
{
    private const int Length = 8;

    public static MatTag Read(Stream stream, bool littleEndian) => TryRead(stream, littleEndian, out MatTag tag)
        ? tag
        : throw new InvalidDataException("MAT-file: the data ends where an element is expected.");

    /// <summary>Reads a tag unless the stream is at its end.</summary>
    public static bool TryRead(Stream stream, bool littleEndian, out MatTag tag)
    {
        Span<byte> bytes = stackalloc byte[Length];
        tag = default;
        int count = stream.ReadAtLeast(bytes, Length, throwOnEndOfStream: false);
        if (count < Length)
        {
            return count == 0 ? false : throw new InvalidDataException($"MAT-file: the data ends after {count} bytes of a tag of {Length}.");
        }

        uint first = ReadWord(bytes, littleEndian);
        uint smallSize = first >> 16;
        if (smallSize > 4)
        {
            throw new InvalidDataException($"MAT-file: a small element states {smallSize} bytes; at most 4 fit.");
        }

        tag = smallSize == 0
            ? new MatTag(first, ReadWord(bytes[4..], littleEndian), false, 0)
            : new MatTag(first & 0xffff, smallSize, true, BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        return true;
    }

    /// <summary>The data of a small element, in the order of the file.</summary>
    public byte[] SmallBytes()
    {
        var bytes = new byte[Size];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(SmallData >> (8 * i));
        }

        return bytes;
    }

    private static uint ReadWord(ReadOnlySpan<byte> bytes, bool littleEndian) => littleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
