using System.Buffers.Binary;

namespace SparseTraining.Persistence;

/// <summary>Little-endian numbers of a foreign file as the types that the library uses.</summary>
internal static class PlainNumbers
{
    /// <summary>The bytes of a number of a type by its name in safetensors, or 0 for a type that is not read.</summary>
    public static int SizeOf(string type) => type switch
    {
        "F16" or "BF16" or "U16" or "I16" => 2,
        "F32" or "I32" => 4,
        "F64" or "I64" => 8,
        _ => 0,
    };

    public static float[] ToSingles(ReadOnlySpan<byte> bytes, string type, string what)
    {
        int size = SizeOf(type);
        if (size == 0 || !type.Contains('F', StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{what} is of type {type}; F16, BF16, F32 and F64 can be read.");
        }

        var values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
                "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(number),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
            };
        }

        return values;
    }

    public static int[] ToIndices(ReadOnlySpan<byte> bytes, string type, string what)
    {
        int size = SizeOf(type);
        if (size == 0 || type.Contains('F', StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{what} is of type {type}; I16, U16, I32 and I64 can be read.");
        }

        var values = new int[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.Slice(i * size, size);
            long value = type switch
            {
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(number),
                "U16" => BinaryPrimitives.ReadUInt16LittleEndian(number),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(number),
                _ => BinaryPrimitives.ReadInt64LittleEndian(number),
            };
            values[i] = value is >= 0 and <= int.MaxValue
                ? (int)value
                : throw new InvalidDataException($"{what}: number {i} is {value}; it must lie in [0, {int.MaxValue}].");
        }

        return values;
    }

    public static byte[] Bytes(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    public static byte[] Bytes(ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), values[i]);
        }

        return bytes;
    }

    public static byte[] Shape(long rows, long columns)
    {
        var bytes = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, rows);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), columns);
        return bytes;
    }
}
