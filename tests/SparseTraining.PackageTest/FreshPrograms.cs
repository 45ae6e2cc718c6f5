using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SparseTraining.PackageTest;

/// <summary>Two new programs in a temporary folder that install the packages and run README.md's first program.</summary>
internal static partial class FreshPrograms
{
    /// <summary>Returns 0 when both run, say the same, and keep the README's promise of accuracy.</summary>
    public static int Run(string packages, string version)
    {
        string root = FindRoot(AppContext.BaseDirectory);
        string program = FirstProgram().Match(File.ReadAllText(Path.Combine(root, "README.md"))).Groups[1].Value;
        string work = Directory.CreateTempSubdirectory("SparseTraining").FullName;
        UseFreshCache(work);
        try
        {
            File.Copy(Path.Combine(root, "nuget.config"), Path.Combine(work, "nuget.config"));
            Dotnet(work, "nuget", "add", "source", packages, "--name", "new", "--configfile", "nuget.config");

            string plain = Create(work, "plain", program, version);
            string said = Dotnet(plain, "run", "-c", "Release");
            Console.WriteLine(said);

            string native = Create(work, "native", program, version, "--aot");
            string published = Dotnet(native, "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out");
            // Sylvan.Data.Csv, which Datasets depends on, has warnings of its own.
            Check(!TrimWarning().IsMatch(published), $"code of this library is not fit for trimming or native AOT:\n{published}");
            bool lacksMultiplyAdd = RuntimeInformation.OSArchitecture == Architecture.X64;
            Check(published.Contains("IlcInstructionSet", StringComparison.Ordinal) == lacksMultiplyAdd, $"native AOT's emulation is not told:\n{published}");
            string executable = Path.Combine(native, "out", OperatingSystem.IsWindows() ? "native.exe" : "native");
            Console.WriteLine($"Compiled ahead of time: {new FileInfo(executable).Length:N0} bytes");
            string alsoSaid = Start(executable, native);

            double accuracy = double.Parse(Accuracy().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
            Check(accuracy > 97, $"the README promises more than 97 % and the program reached {accuracy} %");
            Check(said == alsoSaid, $"the program compiled ahead of time said something else:\n{alsoSaid}");
            return 0;
        }
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>
    /// A package of the same version that another run left in the user's cache must not be taken for the new one. All other
    /// packages may come from there, which saves fetching them again.
    /// </summary>
    private static void UseFreshCache(string work)
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Environment.SetEnvironmentVariable("NUGET_FALLBACK_PACKAGES", Directory.Exists(cache) ? cache : null);
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", Path.Combine(work, "cache"));
        Environment.SetEnvironmentVariable("MSBUILDDISABLENODEREUSE", "1"); // no process stays that holds the folder
    }

    private static string Create(string work, string name, string program, string version, params string[] more)
    {
        Dotnet(work, ["new", "console", "-o", name, .. more]);
        string folder = Path.Combine(work, name);
        Dotnet(folder, "add", "package", "SparseTraining", "--version", version);
        Dotnet(folder, "add", "package", "SparseTraining.Datasets", "--version", version);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        return folder;
    }

    private static string Dotnet(string folder, params string[] arguments) => Start("dotnet", folder, arguments);

    private static string Start(string file, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Check(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{said}");
        return said;
    }

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "SparseTraining.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder)
            ?? throw new InvalidOperationException("SparseTraining.sln is in no folder above this program."));

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstProgram();

    [GeneratedRegex(@"SparseTraining\S*: (Trim|AOT) analysis|Assembly 'SparseTraining[^']*' produced")]
    private static partial Regex TrimWarning();

    [GeneratedRegex(@"[Aa]ccuracy\D*([\d.]+) ?%")]
    private static partial Regex Accuracy();
}
