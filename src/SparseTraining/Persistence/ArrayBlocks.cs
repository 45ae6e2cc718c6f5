using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SparseTraining.Persistence;

/// <summary>
/// Arrays as sections of at most 2²⁰ elements each, so that neither side needs memory for a whole encoded array and a
/// stated length is believed only as far as bytes have come.
/// </summary>
internal static class ArrayBlocks
{
    /// <summary>Appends elements [first, first + count) to a section.</summary>
    public delegate void Encoder(SectionWriter writer, int first, int count);

    /// <summary>Takes the next elements of an array, from index <paramref name="first"/> of it on, from a section.</summary>
    public delegate void Decoder<T>(SectionReader reader, int first, Span<T> destination);

    /// <summary>Gives the sections of an array of some length.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Write(SectionWriter writer, string tag, int length, Encoder encode)
    {
        for (int first = 0; first < length; first += SectionFormat.BlockLength)
        {
            writer.Begin(tag);
            encode(writer, first, Math.Min(SectionFormat.BlockLength, length - first));
            yield return writer.End();
        }
    }

    /// <summary>Reads an array of a stated length; see <see cref="SectionSequence"/> for the way to ask for sections.</summary>
    public static IEnumerable<string> Read<T>(SectionReader reader, string tag, int length, Decoder<T> decode, Action<T[]> done)
    {
        T[] array = [];
        for (int first = 0; first < length; first += SectionFormat.BlockLength)
        {
            yield return tag;
            int count = Math.Min(SectionFormat.BlockLength, length - first);
            if (count > reader.Remaining)
            {
                throw reader.Damaged($"{reader.Remaining} bytes cannot hold {count} elements");
            }

            if (array.Length < first + count)
            {
                Array.Resize(ref array, (int)Math.Min(length, Math.Max(first + count, 2L * array.Length)));
            }

            decode(reader, first, array.AsSpan(first, count));
            reader.ThrowIfNotConsumed();
        }

        done(array);
    }

    public static void WriteSingles(SectionWriter writer, ReadOnlySpan<float> values)
    {
        Span<byte> room = writer.Room(values.Length * sizeof(float));
        MemoryMarshal.AsBytes(values).CopyTo(room);
        ToOrderOfFile(MemoryMarshal.Cast<byte, uint>(room));
    }

    public static void ReadSingles(SectionReader reader, Span<float> destination)
    {
        reader.Take(destination.Length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(destination));
        ToOrderOfFile(MemoryMarshal.Cast<float, uint>(destination));
    }

    /// <summary>Swaps the bytes of numbers where the machine has them the other way round than a file; so it does the opposite, too.</summary>
    private static void ToOrderOfFile(Span<uint> numbers)
    {
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(numbers, numbers);
        }
    }
}
