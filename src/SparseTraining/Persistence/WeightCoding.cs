using System.Buffers.Binary;

namespace SparseTraining.Persistence;

/// <summary>Weights as 32 or 16 bits. Rounding is to the nearest, ties to even.</summary>
internal static class WeightCoding
{
    public static void Write(SectionWriter writer, ReadOnlySpan<float> values, WeightPrecision precision)
    {
        if (precision == WeightPrecision.Float32)
        {
            ArrayBlocks.WriteSingles(writer, values);
            return;
        }

        Span<byte> room = writer.Room(values.Length * sizeof(ushort));
        for (int i = 0; i < values.Length; i++)
        {
            ushort bits = precision == WeightPrecision.Float16 ? BitConverter.HalfToUInt16Bits((Half)values[i]) : BFloat16(values[i]);
            if (!float.IsFinite(Decode(bits, precision)))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The weight {values[i]} is too large for {precision}; save with {(precision == WeightPrecision.Float16 ? WeightPrecision.BFloat16 : WeightPrecision.Float32)}."));
            }

            BinaryPrimitives.WriteUInt16LittleEndian(room[(i * sizeof(ushort))..], bits);
        }
    }

    public static void Read(SectionReader reader, Span<float> destination, WeightPrecision precision)
    {
        if (precision == WeightPrecision.Float32)
        {
            ArrayBlocks.ReadSingles(reader, destination);
            return;
        }

        ReadOnlySpan<byte> bytes = reader.Take(destination.Length * sizeof(ushort));
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Decode(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(ushort))..]), precision);
        }
    }

    private static float Decode(ushort bits, WeightPrecision precision) => precision == WeightPrecision.Float16
        ? (float)BitConverter.UInt16BitsToHalf(bits)
        : BitConverter.UInt32BitsToSingle((uint)bits << 16);

    private static ushort BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
