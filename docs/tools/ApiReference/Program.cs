// Writes the API reference, docs/api, from the assemblies of src and their XML documentation. A test fails until this has
// been run after a change of the public API or of its documentation:
//   dotnet run --project docs/tools/ApiReference
using SparseTraining.Tools.ApiReference;

string folder = Path.Combine(Library.Root, "docs", "api");
Directory.CreateDirectory(folder);
IReadOnlyDictionary<string, string> pages = Reference.Pages();
foreach (string old in Directory.EnumerateFiles(folder, "*.md").Where(path => !pages.ContainsKey(Path.GetFileName(path))))
{
    File.Delete(old);
}

foreach ((string name, string text) in pages)
{
    File.WriteAllText(Path.Combine(folder, name), text);
}

Console.WriteLine($"{pages.Count} pages in {folder}");
