using System.Buffers.Binary;
using System.Text;

namespace SparseTraining.Datasets.Tests;

/// <summary>Writes MAT-files of level 5 byte by byte, right or wrong.</summary>
internal sealed class MatFileBuilder(bool littleEndian = true, int version = 0x0100)
{
    private readonly MemoryStream _file = Header(littleEndian, version);

    public byte[] ToArray() => _file.ToArray();

    public MatFileBuilder Variable(byte[] element, bool compressed = false)
    {
        if (compressed)
        {
            byte[] packed = TestFiles.Zlib(element);
            _file.Write([.. Word(15), .. Word((uint)packed.Length), .. packed]);
        }
        else
        {
            _file.Write(element);
        }

        return this;
    }

    /// <summary>A numeric variable; <paramref name="numbers"/> is the element of the numbers, see <see cref="Numbers"/>.</summary>
    public byte[] Matrix(string name, int arrayClass, int[] dimensions, byte[] numbers, uint flags = 0) => Element(14,
    [
        .. Element(6, [.. Word((uint)arrayClass | flags), .. Word(0)]),
        .. Element(5, [.. dimensions.SelectMany(size => Word((uint)size))]),
        .. Element(1, Encoding.UTF8.GetBytes(name)),
        .. numbers,
    ]);

    public byte[] Doubles(string name, int[] dimensions, params double[] values) =>
        Matrix(name, 6, dimensions, Numbers(9, values));

    /// <summary>The element that holds numbers of a storage type.</summary>
    public byte[] Numbers(uint type, params double[] values) => Element(type, [.. values.SelectMany(value => Number(type, value))]);

    /// <summary>An element with its padding, in the small format wherever that is possible.</summary>
    public byte[] Element(uint type, byte[] data, uint? statedSize = null)
    {
        uint size = statedSize ?? (uint)data.Length;
        return data.Length is > 0 and <= 4 && statedSize is null
            ? [.. Word(size << 16 | type), .. data, .. new byte[4 - data.Length]]
            : [.. Word(type), .. Word(size), .. data, .. new byte[(8 - data.Length % 8) % 8]];
    }

    public byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Ordered(bytes);
    }

    private byte[] Number(uint type, double value) => Ordered(type switch
    {
        1 => [(byte)(sbyte)value],
        2 => [(byte)value],
        3 => BitConverter.GetBytes((short)value),
        4 => BitConverter.GetBytes((ushort)value),
        5 => BitConverter.GetBytes((int)value),
        6 => BitConverter.GetBytes((uint)value),
        7 => BitConverter.GetBytes((float)value),
        9 => BitConverter.GetBytes(value),
        12 => BitConverter.GetBytes((long)value),
        13 => BitConverter.GetBytes((ulong)value),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    });

    // Everything above is made in little-endian order, as on the machines that these tests run on.
    private byte[] Ordered(byte[] bytes)
    {
        if (!littleEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private static MemoryStream Header(bool littleEndian, int version)
    {
        var header = new byte[128];
        Array.Fill(header, (byte)' ', 0, 116);
        Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a test").CopyTo(header, 0);
        (byte high, byte low) = ((byte)(version >> 8), (byte)version);
        (header[124], header[125]) = littleEndian ? (low, high) : (high, low);
        (header[126], header[127]) = littleEndian ? ((byte)'I', (byte)'M') : ((byte)'M', (byte)'I');
        var stream = new MemoryStream();
        stream.Write(header);
        return stream;
    }
}
