// Draws the figures of the documentation that show numbers, docs/images/zeta.svg and speed.svg, from the library and from
// the committed measurements. A test fails until this has been run after either has changed:
//   dotnet run --project docs/tools/Figures -- .
using SparseTraining.Tools.Figures;

if (args is not [string root] || !Directory.Exists(Path.Combine(root, "docs", "images")))
{
    Console.Error.WriteLine("Give the repository's root.");
    return 2;
}

foreach ((string name, string svg) in AllFigures.Draw(root))
{
    File.WriteAllText(Path.Combine(root, "docs", "images", name), svg);
}

return 0;
