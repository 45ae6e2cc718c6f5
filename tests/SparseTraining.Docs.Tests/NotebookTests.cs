using System.Text.Json;

namespace Docs.Tests;

/// <summary>The cells of the notebook, one after another, compile and run.</summary>
[Collection(nameof(Alone))]
public class NotebookTests
{
    private const string Notebook = "samples/Notebook/Digits.ipynb";

    // What the notebook's kernel has beside C#.
    private const string Kernel = """
        static object HTML(string content) => content;
        static void display(object value) => Console.WriteLine(value);
        """;

    [Fact]
    public void Cells_run_in_order()
    {
        string printed = ProgramRun.Run(ProgramCompiler.Compile(new DocProgram([.. Cells()])));
        string accuracy = printed.Split('\n').Single(line => line.EndsWith("of the test images are recognized.", StringComparison.Ordinal));
        Assert.True(double.Parse(accuracy.Split('%', ' ')[0], System.Globalization.CultureInfo.InvariantCulture) > 95, accuracy);
        Assert.Equal(3, printed.Split("<svg").Length - 1);
    }

    [Fact]
    public void Outputs_are_not_kept()
    {
        using JsonDocument json = JsonDocument.Parse(Repository.Read(Notebook));
        Assert.All(Code(json), cell => Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength()));
    }

    private static List<CodeBlock> Cells()
    {
        using JsonDocument json = JsonDocument.Parse(Repository.Read(Notebook));
        string[] sources = [.. Code(json).Select(Source)];

        // The packages are those of this repository.
        return [.. sources.Where(source => !source.StartsWith("#r", StringComparison.Ordinal))
            .Select((source, i) => new CodeBlock(Notebook, 1, source, i == 0 ? Kernel : "", "", i > 0, []))];
    }

    private static IEnumerable<JsonElement> Code(JsonDocument json) => json.RootElement.GetProperty("cells").EnumerateArray()
        .Where(cell => cell.GetProperty("cell_type").GetString() == "code");

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));
}
