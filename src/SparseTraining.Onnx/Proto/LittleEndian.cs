using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SparseTraining.Onnx.Proto;

/// <summary>Writes arrays as ONNX's <c>raw_data</c> holds them: without gaps, lowest byte first.</summary>
internal static class LittleEndian
{
    public static void Write(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var swapped = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), swapped);
        stream.Write(MemoryMarshal.AsBytes(swapped.AsSpan()));
    }

    public static void Write(Stream stream, ReadOnlySpan<long> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var swapped = new long[values.Length];
        BinaryPrimitives.ReverseEndianness(values, swapped);
        stream.Write(MemoryMarshal.AsBytes(swapped.AsSpan()));
    }
}
