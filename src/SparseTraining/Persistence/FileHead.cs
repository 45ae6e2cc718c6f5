using System.Reflection;

namespace SparseTraining.Persistence;

/// <summary>The signature and first section of every file, and the last section, without which a file is cut off.</summary>
internal static class FileHead
{
    public const string End = "END ";

    // The package's version, without the commit that the build adds after a plus sign.
    private static readonly string Library = typeof(FileHead).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static ReadOnlyMemory<byte> Write(SectionWriter writer, string kind)
    {
        writer.Begin("HEAD");
        writer.Text(kind);
        writer.Varint(SectionFormat.Version);
        writer.Text($"SparseTraining {Library}");
        return (byte[])[.. SectionFormat.Signature, .. writer.End().Span];
    }

    public static ReadOnlyMemory<byte> WriteEnd(SectionWriter writer)
    {
        writer.Begin(End);
        return writer.End();
    }

    public static IEnumerable<string> Read(SectionReader reader, string kind)
    {
        yield return "HEAD";
        string found = reader.Text("the kind of file");
        if (found != kind)
        {
            throw new InvalidDataException($"This is a {found} of SparseTraining, not a {kind}.");
        }

        long version = reader.Varint(long.MaxValue, "the version");
        string library = reader.Text("the library");
        if (version is < 1 or > SectionFormat.Version)
        {
            throw new InvalidDataException(
                $"The {kind} has format version {version}, written by {library}; this library reads versions 1 to {SectionFormat.Version}.");
        }
    }
}
