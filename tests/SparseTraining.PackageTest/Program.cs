// Looks into packages that were just made, then installs them as a new user would, in a fresh program and in one that is
// compiled ahead of time, and runs README.md's first program there:
//   dotnet pack SparseTraining.sln -c Release -o packages
//   dotnet run -c Release --project tests/SparseTraining.PackageTest -- packages
// Packages come from the ordinary sources of nuget.config, and those of this library from the folder.
using SparseTraining.PackageTest;

if (args is not [string folder] || !Directory.Exists(folder))
{
    Console.Error.WriteLine("Give the folder of the packages to test.");
    return 2;
}

Package[] packages = [.. Directory.EnumerateFiles(folder, "*.nupkg")
    .Order(StringComparer.Ordinal)
    .Select(path => new Package(path))];
string[] wrong = [.. packages.SelectMany(package => PackageChecks.Of(package).Select(what => $"{package.Id}: {what}"))];
foreach (string what in wrong)
{
    Console.Error.WriteLine(what);
}

if (wrong.Length > 0)
{
    return 1;
}

string version = packages.SingleOrDefault(package => package.Id == "SparseTraining")?.Version
    ?? throw new InvalidOperationException($"{folder} must hold exactly one version of the package SparseTraining.");
foreach (Package package in packages)
{
    Console.WriteLine($"{package.Id} {package.Version}: {package.Bytes:N0} bytes");
    foreach (string entry in package.Entries)
    {
        Console.WriteLine($"  {entry}");
    }
}

return FreshPrograms.Run(Path.GetFullPath(folder), version);
