namespace Docs.Tests;

/// <summary>Every C# block compiles without a warning, runs to its end, and prints what it says it prints.</summary>
[Collection(nameof(Alone))]
public class CodeBlockTests
{
    public static TheoryData<string> Programs => [.. Repository.Pages
        .Where(page => !page.StartsWith("docs/api/", StringComparison.Ordinal)) // declarations
        .SelectMany(DocProgram.On).Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Block_runs(string program)
    {
        DocProgram found = DocProgram.On(program.Split(':')[0]).Single(candidate => candidate.Name == program);
        string printed = ProgramRun.Run(ProgramCompiler.Compile(found));
        int from = 0;
        foreach (string promise in found.Promises)
        {
            int at = printed.IndexOf(promise, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"The page says that \"{promise}\" is printed; this was:\n{printed}");
            from = at + promise.Length;
        }
    }

    [Fact]
    public void First_program_of_the_readme_keeps_its_promise()
    {
        Assert.Contains("more than 97 %", Repository.Read("README.md"), StringComparison.Ordinal);
        string printed = ProgramRun.Run(ProgramCompiler.Compile(DocProgram.On("README.md")[0]));
        string accuracy = printed.Split("accuracy ")[1].Split(' ')[0];
        Assert.InRange(double.Parse(accuracy, System.Globalization.CultureInfo.InvariantCulture), 97, 100);
    }

    [Fact]
    public void Comments_above_a_block_join_it_shrink_it_and_add_to_it()
    {
        const string Text = """
            <!-- before:
            int epochs;
            -->
            ```csharp
            epochs = 500;
            ```
            Then:

            <!-- continues -->
            <!-- test: `+ 1` is `+ 2` -->
            <!-- after:
            Console.WriteLine(more);
            -->
            ```csharp
            int more = new Sum().Of(epochs) + 1;

            class Sum { public int Of(int x) => x; }
            ```
            """;
        IReadOnlyList<CodeBlock> blocks = CodeBlock.In("page.md", Text);
        Assert.Equal([5, 15], blocks.Select(block => block.Line));
        Assert.Equal("502", ProgramRun.Run(ProgramCompiler.Compile(new DocProgram(blocks))).Trim());
    }

    [Fact]
    public void A_block_that_does_not_compile_is_named_with_its_line()
    {
        IReadOnlyList<CodeBlock> blocks = CodeBlock.In("page.md", "# Title\n\n```csharp\nint x = 1;\nint y = z;\n```\n");
        var program = new DocProgram(blocks);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ProgramCompiler.Compile(program));
        Assert.Contains("page.md: (4,8)", error.Message, StringComparison.Ordinal); // line and column from 0
        Assert.Contains("CS0103", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_gets_the_lines_of_getting_started_and_those_that_its_page_tells_to_add()
    {
        const string Block = "```csharp\nConsole.WriteLine(new OnnxExportOptions().Weights + Digits.ClassNames[7]);\n```\n";
        var without = new DocProgram(CodeBlock.In("page.md", Block));
        var with = new DocProgram(CodeBlock.In("page.md", "It needs `using SparseTraining.Onnx;`.\n\n" + Block));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ProgramCompiler.Compile(without));
        Assert.Contains("CS0246", error.Message, StringComparison.Ordinal);
        Assert.Equal("Dense7", ProgramRun.Run(ProgramCompiler.Compile(with)).Trim());
    }

    [Fact]
    public void A_block_that_only_declares_types_does_not_count_as_run()
    {
        IReadOnlyList<CodeBlock> blocks = CodeBlock.In("page.md", "```csharp\nclass Unused;\n```\n");
        var program = new DocProgram(blocks);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ProgramCompiler.Compile(program));
        Assert.Contains("CS5001", error.Message, StringComparison.Ordinal);
    }
}
