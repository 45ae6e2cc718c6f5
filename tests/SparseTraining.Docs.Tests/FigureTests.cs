using SparseTraining.Tools.Figures;

namespace Docs.Tests;

/// <summary>The committed figures show what the library computes and what was measured.</summary>
public class FigureTests
{
    public static TheoryData<string> Names => [.. AllFigures.Draw(Repository.Root).Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Committed_figure_is_up_to_date(string name)
    {
        string committed = File.ReadAllText(Path.Combine(Repository.Root, "docs", "images", name)).ReplaceLineEndings("\n");
        string drawn = AllFigures.Draw(Repository.Root)[name];
        Assert.True(drawn == committed, "Run: dotnet run --project docs/tools/Figures -- .");
    }
}
