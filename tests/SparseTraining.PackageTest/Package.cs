using System.IO.Compression;
using System.Xml.Linq;

namespace SparseTraining.PackageTest;

/// <summary>A package as NuGet would read it: the metadata of its nuspec and the names of its files.</summary>
internal sealed class Package
{
    private readonly XElement _metadata;

    public Package(string path)
    {
        Path = path;
        Bytes = new FileInfo(path).Length;
        using ZipArchive zip = ZipFile.OpenRead(path);
        // The rest is the frame of the file format, the same in every package.
        Entries = [.. zip.Entries.Select(entry => entry.FullName)
            .Where(name => name.Split('/')[0] is not ("_rels" or "package" or "[Content_Types].xml"))
            .Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        using Stream nuspec = zip.Entries
            .Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        _metadata = XDocument.Load(nuspec).Root!.Elements().Single();
    }

    public string Path { get; }

    public long Bytes { get; }

    public IReadOnlyList<string> Entries { get; }

    public string Id => Metadata("id");

    public string Version => Metadata("version");

    /// <summary>Where the sources are published; empty in a clone whose origin is a folder.</summary>
    public string RepositoryUrl => Element("repository")?.Attribute("url")?.Value ?? "";

    public string Metadata(string name) => Element(name)?.Value.Trim() ?? "";

    public byte[] Read(string entry) => Read(Path, entry);

    /// <summary>The debug symbols, from the package of symbols beside this one.</summary>
    public byte[] ReadSymbols() => Read(System.IO.Path.ChangeExtension(Path, ".snupkg"), $"lib/net10.0/{Id}.pdb");

    private static byte[] Read(string path, string entry)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = (zip.GetEntry(entry) ?? throw new InvalidDataException($"{path} has no {entry}.")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private XElement? Element(string name) =>
        _metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
