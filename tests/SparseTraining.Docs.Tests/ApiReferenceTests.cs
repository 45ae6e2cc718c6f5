using SparseTraining.Tools.ApiReference;

namespace Docs.Tests;

/// <summary>The committed reference is what the code's documentation gives.</summary>
public class ApiReferenceTests
{
    [Fact]
    public void Committed_pages_are_up_to_date()
    {
        string folder = Path.Combine(Repository.Root, "docs", "api");
        IReadOnlyDictionary<string, string> made = Reference.Pages();
        string[] stale = [.. made
            .Where(page => !Is(Path.Combine(folder, page.Key), page.Value))
            .Select(page => page.Key)];
        IEnumerable<string> left = Directory.EnumerateFiles(folder, "*.md").Select(path => Path.GetFileName(path)).Except(made.Keys);
        string wrong = string.Join(", ", stale.Concat(left));
        Assert.True(wrong.Length == 0, $"Run: dotnet run --project docs/tools/ApiReference. Out of date: {wrong}");
    }

    [Fact]
    public void Every_exported_type_is_on_a_page_with_a_purpose()
    {
        string all = string.Concat(Reference.Pages().Values);
        IEnumerable<Type> types = Library.Assemblies.SelectMany(assembly => assembly.GetExportedTypes());
        foreach (Type type in types.Where(type => !type.IsNested))
        {
            Assert.Matches($@"\| \[`{type.Name.Split('`')[0]}(<[^`]*>)?`\]\([^)]*\) \| \S", all);
        }
    }

    private static bool Is(string path, string text) =>
        File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == text;
}
