namespace SparseTraining.WebApi.Tests;

public class DocumentationTests
{
    [Fact]
    public void The_code_in_the_page_is_the_code_of_the_sample()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "SparseTraining.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string program = File.ReadAllText(Path.Combine(root, "samples/WebApi/Program.cs")).ReplaceLineEndings("\n");
        string page = File.ReadAllText(Path.Combine(root, "docs/serving.md")).ReplaceLineEndings("\n");
        string[] statements = page.Split("```\n").Single(part => part.Contains("AddSparseMlpPredictor(model)", StringComparison.Ordinal)).Split("\n\n");
        Assert.Equal(2, statements.Length);
        Assert.All(statements, statement => Assert.Contains(statement.TrimEnd('\n'), program, StringComparison.Ordinal));
    }
}
