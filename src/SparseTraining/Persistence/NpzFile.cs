using System.IO.Compression;

namespace SparseTraining.Persistence;

/// <summary>NumPy's NPZ format: a ZIP archive of NPY arrays.</summary>
internal static class NpzFile
{
    private const string Extension = ".npy";

    /// <summary>What deflate can make of a byte at most; an entry that states more lies.</summary>
    private const int LargestExpansion = 1032;

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

    /// <summary>Reads all arrays of numbers; others are passed over.</summary>
    /// <exception cref="InvalidDataException">The archive or an array is damaged.</exception>
    public static Dictionary<string, PlainArray> Read(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var arrays = new Dictionary<string, PlainArray>();
            foreach (ZipArchiveEntry entry in archive.Entries.Where(entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)))
            {
                if (entry.Length > (LargestExpansion * entry.CompressedLength) + LargestExpansion)
                {
                    throw new InvalidDataException($"\"{entry.FullName}\" states {entry.Length} bytes packed into {entry.CompressedLength}, which cannot be.");
                }

                using Stream content = entry.Open();
                if (NpyArray.Read(content, $"\"{entry.FullName}\"") is { } array && !arrays.TryAdd(entry.FullName[..^Extension.Length], array))
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
}
