using System.IO.Compression;
using System.IO.Hashing;

namespace SparseTraining.Persistence;

/// <summary>NumPy's NPZ format: a ZIP archive of NPY arrays.</summary>
internal static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>What deflate can make of a byte at most; an entry that states more lies.</summary>
    private const int LargestExpansion = 1032;

    /// <summary>What a layer and a scaler consist of. Nothing else is read, so that an archive cannot ask for memory with other names.</summary>
    private static readonly HashSet<string> Names = ["shape", "indptr", "indices", "data", "bias", "parameters", "offsets", "scales"];

    public static void Write(Stream stream, string? format, IEnumerable<KeyValuePair<string, PlainArray>> arrays)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, PlainArray array) in arrays)
        {
            using Stream entry = archive.CreateEntry(name + Extension, CompressionLevel.Fastest).Open();
            NpyArray.Write(entry, array);
        }

        if (format is not null)
        {
            using Stream entry = archive.CreateEntry("format" + Extension, CompressionLevel.NoCompression).Open();
            NpyArray.WriteText(entry, format);
        }
    }

    /// <summary>Reads the arrays that models are made of; others are passed over.</summary>
    /// <exception cref="InvalidDataException">The archive or an array is damaged.</exception>
    public static Dictionary<string, PlainArray> Read(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var arrays = new Dictionary<string, PlainArray>();
            long left = stream.Length;
            foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)))
            {
                string name = entry.FullName[..^Extension.Length];
                if (!Names.Contains(name))
                {
                    continue;
                }

                // Several entries could share the same bytes; then there are more of them than the archive has.
                left -= entry.CompressedLength;
                if (left < 0)
                {
                    throw new InvalidDataException($"\"{entry.FullName}\" and the entries before it state more packed bytes than the archive has.");
                }

                if (entry.Length > (LargestExpansion * entry.CompressedLength) + LargestExpansion)
                {
                    throw new InvalidDataException($"\"{entry.FullName}\" states {entry.Length} bytes packed into {entry.CompressedLength}, which cannot be.");
                }

                RequireChecksum(entry);
                using Stream content = entry.Open();
                if (NpyArray.Read(content, $"\"{entry.FullName}\"") is { } array && !arrays.TryAdd(name, array))
                {
                    throw new InvalidDataException($"\"{entry.FullName}\" is there twice.");
                }
            }

            return arrays;
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"The archive is damaged: {e.Message}", e);
        }
    }

    /// <summary>Compares the checksum, which .NET does not, in a pass of its own, so that no array is made of damaged bytes.</summary>
    private static void RequireChecksum(ZipArchiveEntry entry)
    {
        var checksum = new Crc32();
        try
        {
            using Stream content = entry.Open();
            checksum.Append(content);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"\"{entry.FullName}\" is damaged: it cannot be unpacked.", e);
        }

        if (checksum.GetCurrentHashAsUInt32() != entry.Crc32)
        {
            throw new InvalidDataException($"\"{entry.FullName}\" is damaged: its checksum does not fit.");
        }
    }
}
