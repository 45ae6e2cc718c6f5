using System.Text.RegularExpressions;

namespace SparseTraining.Reports.Tests;

public sealed class ReportPageTests
{
    private const string Nasty = "<script>alert('x')</script> & \"quotes\"";

    [Fact]
    public void All_texts_are_taken_literally()
    {
        Figure figure = Figures.Lines(Nasty, Nasty, Nasty, new LineSeries(Nasty, [1, 2], [1, 2]), new LineSeries("b", [1, 2], [1, 2]));
        string html = new ReportPage(Nasty, Nasty)
            .Heading(Nasty)
            .Subheading(Nasty)
            .Paragraph(Nasty)
            .Facts((Nasty, Nasty))
            .Table([Nasty], [[Nasty]])
            .Finding(Verdict.Open, Nasty, Nasty)
            .Add(figure, Nasty)
            .AddRow(figure, Figures.Bars(Nasty, Nasty, [Nasty], new BarSeries(Nasty, [1])), Figures.Image(Nasty, Nasty, 1, 1, [1]))
            .ToHtml();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"quotes\"", html, StringComparison.Ordinal);
        Assert.Equal(0, html.Split("& ").Length - 1);
    }

    [Fact]
    public void The_page_needs_nothing_else()
    {
        string html = Page().ToHtml();
        Assert.DoesNotMatch(new Regex("(src|href)=\"(?!data:)"), html);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("url\\((?!#)"), html);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_every_clip_finds_its_path()
    {
        string html = Page().ToHtml();
        string[] ids = [.. Regex.Matches(html, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(html, "url\\(#([^)]+)\\)").Select(match => match.Groups[1].Value), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void It_is_laid_out_for_screen_phone_dark_and_paper()
    {
        string html = Page().ToHtml();
        Assert.Contains("name=\"viewport\"", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
        Assert.Contains("@media screen and (prefers-color-scheme: dark) {.fig", html, StringComparison.Ordinal);
        Assert.Contains("class=\"fig wide\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"fig narrow\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_numbers_are_set_flush_right()
    {
        string html = new ReportPage("t").Table(["name", "time"], [["a", "−12.5 %"], ["b", "–"], ["c", "≈ 3 ms"]]).ToHtml();
        Assert.Contains("<td>a</td><td class=\"n\">−12.5 %</td>", html, StringComparison.Ordinal);
        Assert.Contains("<th>name</th><th class=\"n\">time</th>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Holds, "holds")]
    [InlineData(Verdict.Fails, "does not hold")]
    [InlineData(Verdict.Open, "cannot tell")]
    public void A_finding_says_its_verdict_in_words(Verdict verdict, string word) =>
        Assert.Contains(word, new ReportPage("t").Finding(verdict, "claim").ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void Bad_input_is_named_and_changes_nothing()
    {
        var page = new ReportPage("t");
        string before = page.ToHtml();
        var rows = Assert.Throws<ArgumentException>(() => page.Table(["a", "b"], [["1", "2"], ["1"]]));
        Assert.Contains("Row 1 has 1 cells for 2 columns", rows.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => page.Table([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => page.Finding((Verdict)9, "claim"));
        Assert.Throws<ArgumentException>(() => new ReportPage(" "));
        Assert.Equal(before, page.ToHtml());
    }

    [Fact]
    public void A_page_is_saved_as_it_is()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Page().Save(path);
        Assert.Equal(Page().ToHtml(), File.ReadAllText(path));
        File.Delete(path);
    }

    private static ReportPage Page() => new ReportPage("Title", "subtitle")
        .Add(FiguresTests.Make("lines"), "caption")
        .AddRow(FiguresTests.Make("lines"), FiguresTests.Make("image"), FiguresTests.Make("bars"));
}
