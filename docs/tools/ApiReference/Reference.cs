using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SparseTraining.Tools.ApiReference;

/// <summary>The pages of the reference: one a namespace, and an index of them.</summary>
public static class Reference
{
    /// <summary>Returns the text of each page by its file name. Equal assemblies give equal pages.</summary>
    public static IReadOnlyDictionary<string, string> Pages()
    {
        string[] ours = [.. Library.Assemblies.Select(assembly => assembly.Location)];
        string[] others = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Except(ours)];
        MetadataReference[] references = [.. ours.Concat(others).Select(path => MetadataReference.CreateFromFile(path))];
        CSharpCompilation compilation = CSharpCompilation.Create("reference", references: references);
        IAssemblySymbol[] assemblies = [.. references.Take(ours.Length)
            .Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!)];

        var text = new DocText(compilation, assemblies);
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var index = new StringBuilder("# API reference\n\n" +
            "Made from the XML documentation in the code by `dotnet run --project docs/tools/ApiReference`; not edited.\n");
        foreach (IAssemblySymbol assembly in assemblies)
        {
            index.Append(CultureInfo.InvariantCulture, $"\n## Package {assembly.Name}\n\n| Namespace | Types |\n|---|---|\n");
            foreach (IGrouping<string, INamedTypeSymbol> space in TypesOf(assembly.GlobalNamespace)
                .GroupBy(type => type.ContainingNamespace.ToDisplayString())
                .OrderBy(space => space.Key, StringComparer.Ordinal))
            {
                INamedTypeSymbol[] types = [.. space
                    .OrderBy(type => DocText.NameOf(type), StringComparer.Ordinal)];
                string name = DocText.PageOf(types[0]);
                pages.Add(name, NamespacePage.Write(space.Key, assembly.Name, types, text));
                string links = string.Join(", ", types.Select(DocText.Link));
                index.Append(CultureInfo.InvariantCulture, $"| [{space.Key}]({name}) | {links} |\n");
            }
        }

        pages.Add("README.md", index.ToString());
        return pages;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) => space
        .GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public)
        .SelectMany(type => type.GetTypeMembers().Prepend(type))
        .Where(type => type.DeclaredAccessibility == Accessibility.Public)
        .Concat(space.GetNamespaceMembers().SelectMany(TypesOf));
}
