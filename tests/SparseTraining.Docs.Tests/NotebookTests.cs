using System.Text.Json;

namespace Docs.Tests;

/// <summary>The cells of the notebooks, one after another, compile and run.</summary>
[Collection(nameof(Alone))]
public class NotebookTests
{
    // What the notebook's kernel has beside C#.
    private const string Kernel = """
        static object HTML(string content) => content;
        static void display(object value) => Console.WriteLine(value);
        """;

    public static TheoryData<string> Notebooks => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.ipynb", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(page => !page.Contains(".ipynb_checkpoints", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Cells_run_in_order(string notebook)
    {
        string printed = ProgramRun.Run(ProgramCompiler.Compile(new DocProgram([.. Cells(notebook)])));
        string accuracy = printed.Split('\n').Single(line => line.EndsWith("of the test images are recognized.", StringComparison.Ordinal));
        Assert.True(double.Parse(accuracy.Split('%', ' ')[0], System.Globalization.CultureInfo.InvariantCulture) > 95, accuracy);
        Assert.Equal(3, printed.Split("<svg").Length - 1);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Outputs_are_not_kept(string notebook)
    {
        using JsonDocument json = JsonDocument.Parse(Repository.Read(notebook));
        Assert.All(Code(json), cell => Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength()));
    }

    private static List<CodeBlock> Cells(string notebook)
    {
        using JsonDocument json = JsonDocument.Parse(Repository.Read(notebook));
        string[] sources = [.. Code(json).Select(Source)];

        // The packages are those of this repository.
        return [.. sources.Where(source => !source.StartsWith("#r", StringComparison.Ordinal))
            .Select((source, i) => new CodeBlock(notebook, 1, source, i == 0 ? Kernel : "", "", i > 0))];
    }

    private static IEnumerable<JsonElement> Code(JsonDocument json) => json.RootElement.GetProperty("cells").EnumerateArray()
        .Where(cell => cell.GetProperty("cell_type").GetString() == "code");

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));
}
