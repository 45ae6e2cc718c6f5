using System.Buffers.Binary;
using SparseTraining.Randomness;

namespace SparseTraining.Fuzz;

/// <summary>Damages files in the ways that matter: bits, bytes, numbers at their limits, pieces cut, doubled, moved and mixed.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, bool hasSections, RandomGenerator random)
{
    private static readonly int[] Interesting = [0, 1, -1, 127, 128, 255, 256, 32767, 65535, 65536, 1 << 20, 1 << 24, int.MaxValue, int.MinValue];
    private readonly List<byte[]> _kept = [];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        byte[] input = Any();
        int changes = 1 + random.Next(random.Next(4) == 0 ? 8 : 2);
        for (int i = 0; i < changes; i++)
        {
            if (hasSections && random.Next(8) > 0)
            {
                input = SectionMutator.Mutate(input, random, Change);
            }
            else
            {
                List<byte> bytes = [.. input];
                Change(bytes);
                input = [.. bytes];
            }
        }

        return input;
    }

    /// <summary>
    /// Takes an input that was read, or failed in a way not seen before, among those that mutation starts from. A small
    /// stand-in for coverage: different messages come from different places of the reader.
    /// </summary>
    public void Keep(byte[] input)
    {
        if (_kept.Count < 2000)
        {
            _kept.Add(input);
        }
        else
        {
            _kept[random.Next(_kept.Count)] = input;
        }
    }

    // Good files half of the time: what is damaged already mostly fails where it failed before.
    private byte[] Any() => _kept.Count == 0 || random.Next(2) == 0 ? seeds[random.Next(seeds.Count)] : _kept[random.Next(_kept.Count)];

    private void Change(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }

        int at = random.Next(bytes.Count);
        int length = Math.Min(1 + random.Next(16), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] += (byte)(random.Next(2) == 0 ? 1 : 255);
                break;
            case 3:
                WriteNumber(bytes, at);
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 6:
                bytes.Insert(at, (byte)"0123456789-+.eE:,\"\n# nNiI'()[]{}"[random.Next(32)]);
                break;
            case 7:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 8:
                byte[] other = Any();
                int from = random.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[from..]);
                break;
            default:
                bytes[at] = bytes[random.Next(bytes.Count)];
                break;
        }
    }

    private void WriteNumber(List<byte> bytes, int at)
    {
        Span<byte> number = stackalloc byte[4];
        int value = Interesting[random.Next(Interesting.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(number, value);
        }

        for (int i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
