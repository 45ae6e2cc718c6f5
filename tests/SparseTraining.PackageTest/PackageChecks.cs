using System.Text;

namespace SparseTraining.PackageTest;

/// <summary>What a package of this repository must hold and say.</summary>
internal static class PackageChecks
{
    private const long MostCoreBytes = 400 * 1024;

    private const int MostIconBytes = 20 * 1024;

    private static readonly string[] CoreEntries =
        ["README.md", "icon.png", "lib/net10.0/SparseTraining.dll", "lib/net10.0/SparseTraining.xml", "buildTransitive/SparseTraining.targets"];

    private static readonly string[] Metadata =
        ["authors", "copyright", "description", "icon", "license", "readme", "releaseNotes", "tags"];

    private static readonly string[] NativeEndings = [".so", ".dylib", ".a", ".lib", ".exe"];

    /// <summary>Returns one sentence for each thing that is not as it must be.</summary>
    public static IEnumerable<string> Of(Package package)
    {
        string assembly = $"lib/net10.0/{package.Id}.dll";
        string[] expected = package.Id == "SparseTraining" ? CoreEntries : ["README.md", "icon.png", assembly, $"lib/net10.0/{package.Id}.xml"];
        foreach (string missing in expected.Except(package.Entries))
        {
            yield return $"{missing} is missing";
        }

        foreach (string empty in Metadata.Where(name => package.Metadata(name).Length == 0))
        {
            yield return $"the nuspec has no {empty}";
        }

        foreach (string native in package.Entries.Where(entry =>
            entry.StartsWith("runtimes/", StringComparison.Ordinal) || NativeEndings.Contains(Path.GetExtension(entry))))
        {
            yield return $"{native} is a native file";
        }

        if (package.Metadata("license") != "MIT")
        {
            yield return $"the licence is \"{package.Metadata("license")}\", not MIT";
        }

        if (!package.Metadata("releaseNotes").StartsWith("* ", StringComparison.Ordinal))
        {
            yield return "the release notes are not a section of CHANGELOG.md";
        }

        if (package.Read("icon.png").Length > MostIconBytes)
        {
            yield return $"the icon has more than {MostIconBytes} bytes";
        }

        // A page of a package gallery has no folder beside it that a relative link could lead to.
        if (Encoding.UTF8.GetString(package.Read("README.md")).Contains("](docs/", StringComparison.Ordinal))
        {
            yield return "README.md has relative links, which lead nowhere from a package";
        }

        var code = new AssemblyFile(package.Read(assembly));
        if (code.InformationalVersion.Split('+')[0] != package.Version)
        {
            yield return $"the assembly says version {code.InformationalVersion}, the package {package.Version}";
        }

        // A clone whose origin is a folder has no address that a debugger could fetch sources from.
        if (package.RepositoryUrl.Length > 0 && !SymbolFile.HasSourceLink(package.ReadSymbols()))
        {
            yield return "the symbols have no SourceLink";
        }

        if (package.Id != "SparseTraining")
        {
            yield break;
        }

        foreach (string extra in package.Entries.Except(CoreEntries))
        {
            yield return $"{extra} is not expected";
        }

        if (package.Bytes > MostCoreBytes)
        {
            yield return $"{package.Bytes:N0} bytes are more than {MostCoreBytes:N0}";
        }

        if (!code.IsTrimmable)
        {
            yield return "the assembly does not say that it is trimmable";
        }
    }
}
