namespace Docs.Tests;

/// <summary>The folder that holds the documentation, and its pages.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>All pages that a reader may open, relative to the root, with / as separator.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
        .. PagesBelow("docs"),
        .. PagesBelow("src"),
        .. PagesBelow("samples"),
        .. PagesBelow("benchmarks"),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");

    private static IEnumerable<string> PagesBelow(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(page => !page.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "SparseTraining.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("SparseTraining.sln is in no folder above the tests."));
}
