using System.Text.RegularExpressions;

namespace SparseTraining.Tests.Design;

/// <summary>The library's arrows point one way: docs/architecture.md. Here they are checked in the source.</summary>
public partial class DependencyTests
{
    /// <summary>What each folder may use. The root is the front door and may use everything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Persistence"] = ["Training", "Activations", "Data", "Evolution", "Initialization", "Layers", "Losses", "Optimizers", "Randomness", "Schedules", "Topology"],
        ["Training"] = ["Activations", "Data", "Evolution", "Initialization", "Kernels", "Layers", "Losses", "Optimizers", "Randomness", "Schedules", "Topology"],
        ["Layers"] = ["Optimizers", "Initialization", "Topology", "Randomness", "Kernels"],
        ["Evolution"] = ["Schedules", "Topology", "Randomness"],
        ["Losses"] = ["Activations", "Kernels"],
        ["Activations"] = ["Kernels"],
        ["Optimizers"] = ["Kernels"],
        ["Data"] = ["Randomness"],
        ["Initialization"] = ["Topology", "Randomness"],
        ["Topology"] = ["Randomness"],
        ["Schedules"] = [],
        ["Randomness"] = [],
        ["Kernels"] = [],
    };

    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Source()).Select(path => Path.GetFileName(path)!).Where(name => name is not ("bin" or "obj"))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_lies_below_it(string folder)
    {
        Assert.True(Allowed.ContainsKey(folder), $"The folder {folder} has no place in the structure: add it here and to docs/architecture.md.");
        foreach (string file in Directory.GetFiles(Path.Combine(Source(), folder), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            foreach (Match match in Reference().Matches(WithoutComments(text)))
            {
                string used = match.Groups[1].Value;
                if (used != folder && Allowed.ContainsKey(used))
                {
                    Assert.True(Allowed[folder].Contains(used), $"{folder}/{Path.GetFileName(file)} uses {used}, which is not below {folder}.");
                }
            }
        }
    }

    [Fact]
    public void The_allowed_arrows_have_no_cycle()
    {
        var done = new HashSet<string>();
        while (done.Count < Allowed.Count)
        {
            string[] ready = [.. Allowed.Where(pair => !done.Contains(pair.Key) && pair.Value.All(done.Contains)).Select(pair => pair.Key)];
            Assert.NotEmpty(ready);
            done.UnionWith(ready);
        }
    }

    [Fact]
    public void Every_file_has_the_namespace_of_its_folder()
    {
        foreach (string file in Directory.GetFiles(Source(), "*.cs", SearchOption.AllDirectories))
        {
            string folder = Path.GetDirectoryName(Path.GetRelativePath(Source(), file))!;
            if (!folder.StartsWith("bin", StringComparison.Ordinal) && !folder.StartsWith("obj", StringComparison.Ordinal))
            {
                string expected = folder.Length == 0 ? "SparseTraining" : $"SparseTraining.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
                Assert.Contains($"namespace {expected};", File.ReadAllText(file), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("System.Runtime.Intrinsics")]
    [InlineData("Unsafe.")]
    [InlineData("MemoryMarshal.GetReference")]
    [InlineData("new Thread(")]
    [InlineData("Parallel.")]
    public void Intrinsics_unsafe_code_and_threads_stay_in_the_kernels(string text)
    {
        foreach (string file in Directory.GetFiles(Source(), "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(Source(), file);
            if (!relative.StartsWith("Kernels", StringComparison.Ordinal) && !relative.StartsWith("obj", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(text, WithoutComments(File.ReadAllText(file)), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_library_writes_nothing_to_the_console()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Source(), ".."), "*.cs", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("Console.", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    private static string WithoutComments(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));

    /// <summary>The library's source: upwards from the test's binaries, since deterministic builds hide source paths.</summary>
    private static string Source()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SparseTraining.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "src", "SparseTraining");
    }

    [GeneratedRegex(@"SparseTraining\.(\w+)")]
    private static partial Regex Reference();
}
