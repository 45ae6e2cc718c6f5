using System.Reflection;

namespace SparseTraining.Tools.ApiReference;

/// <summary>The assemblies of the folder src, one a project.</summary>
public static class Library
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)
            .Select(Assembly.Load)];

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "SparseTraining.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("SparseTraining.sln is in no folder above this program."));
}
