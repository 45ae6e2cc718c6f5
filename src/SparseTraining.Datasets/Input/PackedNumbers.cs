using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SparseTraining.Datasets.Input;

/// <summary>Numbers as a file stores them, widened only when asked for: an image of bytes stays an image of bytes.</summary>
internal sealed class PackedNumbers
{
    private readonly byte[] _bytes;

    /// <param name="bytes">The stored numbers; taken over, and turned to this machine's byte order in place.</param>
    /// <param name="type">Their type.</param>
    /// <param name="littleEndian">Their byte order.</param>
    public PackedNumbers(byte[] bytes, NumericType type, bool littleEndian)
    {
        _bytes = bytes;
        Type = type;
        Count = bytes.Length / SizeOf(type);
        if (littleEndian != BitConverter.IsLittleEndian)
        {
            Reverse(SizeOf(type));
        }
    }

    public NumericType Type { get; }

    public int Count { get; }

    /// <summary>The stored bytes, in this machine's byte order.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static int SizeOf(NumericType type) => type switch
    {
        NumericType.Int8 or NumericType.UInt8 => 1,
        NumericType.Int16 or NumericType.UInt16 => 2,
        NumericType.Int32 or NumericType.UInt32 or NumericType.Single => 4,
        _ => 8,
    };

    public T[] To<T>()
        where T : struct, INumber<T>
    {
        var values = new T[Count];
        switch (Type)
        {
            case NumericType.Int8: Convert<sbyte, T>(values); break;
            case NumericType.UInt8: Convert<byte, T>(values); break;
            case NumericType.Int16: Convert<short, T>(values); break;
            case NumericType.UInt16: Convert<ushort, T>(values); break;
            case NumericType.Int32: Convert<int, T>(values); break;
            case NumericType.UInt32: Convert<uint, T>(values); break;
            case NumericType.Int64: Convert<long, T>(values); break;
            case NumericType.UInt64: Convert<ulong, T>(values); break;
            case NumericType.Single: Convert<float, T>(values); break;
            default: Convert<double, T>(values); break;
        }

        return values;
    }

    private void Convert<TStored, T>(T[] values)
        where TStored : struct, INumber<TStored>
        where T : struct, INumber<T>
    {
        ReadOnlySpan<TStored> stored = MemoryMarshal.Cast<byte, TStored>(_bytes);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(stored[i]);
        }
    }

    private void Reverse(int size)
    {
        if (size == 2)
        {
            Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(_bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (size == 4)
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(_bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
        else if (size == 8)
        {
            Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(_bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }
}
