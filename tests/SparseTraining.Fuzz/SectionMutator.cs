using System.Buffers.Binary;
using System.IO.Hashing;
using SparseTraining.Persistence;
using SparseTraining.Randomness;

namespace SparseTraining.Fuzz;

/// <summary>
/// Damages the content of sections and frames it again with the right length and checksum, so that what lies behind them
/// is reached: a change of the raw bytes nearly always ends at a checksum.
/// </summary>
internal static class SectionMutator
{
    public static byte[] Mutate(byte[] file, RandomGenerator random, Action<List<byte>> change)
    {
        List<byte[]> sections = Split(file);
        if (sections.Count == 0)
        {
            return file;
        }

        int at = random.Next(sections.Count);
        switch (random.Next(12))
        {
            case 0:
                sections.RemoveAt(at);
                break;
            case 1:
                sections.Insert(at, sections[random.Next(sections.Count)]);
                break;
            case 2:
                int other = random.Next(sections.Count);
                (sections[at], sections[other]) = (sections[other], sections[at]);
                break;
            default:
                List<byte> content = [.. sections[at].AsSpan(4)];
                change(content);
                sections[at] = [.. sections[at].AsSpan(0, 4), .. content];
                break;
        }

        return Join(sections);
    }

    /// <summary>Tag and content of each section, as far as the frame holds.</summary>
    private static List<byte[]> Split(byte[] file)
    {
        var sections = new List<byte[]>();
        int start = SectionFormat.Signature.Length;
        while (start + SectionFormat.HeadBytes <= file.Length)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(start + 4));
            if (start + SectionFormat.HeadBytes + length + SectionFormat.ChecksumBytes > file.Length)
            {
                break;
            }

            sections.Add([.. file.AsSpan(start, 4), .. file.AsSpan(start + SectionFormat.HeadBytes, (int)length)]);
            start += SectionFormat.HeadBytes + (int)length + SectionFormat.ChecksumBytes;
        }

        return sections;
    }

    private static byte[] Join(List<byte[]> sections)
    {
        List<byte> file = [.. SectionFormat.Signature];
        Span<byte> number = stackalloc byte[4];
        foreach (byte[] section in sections)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, section.Length - 4);
            byte[] framed = [.. section.AsSpan(0, 4), .. number, .. section.AsSpan(4)];
            file.AddRange(framed);
            BinaryPrimitives.WriteUInt32LittleEndian(number, Crc32.HashToUInt32(framed));
            file.AddRange(number);
        }

        return [.. file];
    }
}
