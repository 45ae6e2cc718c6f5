using System.Xml.Linq;

namespace SparseTraining.Reports.Tests;

public sealed class FiguresTests
{
    public static TheoryData<string> Kinds => ["lines", "points", "log", "bars", "log bars", "histogram", "image", "one point"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_svg_is_well_formed_and_names_its_colours_twice(string kind)
    {
        XElement svg = XDocument.Parse(Make(kind).ToSvg()).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal(kind, svg.Attribute("aria-label")!.Value);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg.ToString(), StringComparison.Ordinal);
        XElement[] colored = [.. svg.Descendants().Where(element => element.Attribute("class") is not null && element.Name.LocalName != "svg")];
        Assert.NotEmpty(colored);
        Assert.All(colored, element => Assert.All(element.Attribute("class")!.Value.Split(' '), role =>
            Assert.StartsWith("#", element.Attribute(role[0] == 'f' ? "fill" : "stroke")!.Value, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_lies_within_the_frame(string kind)
    {
        XElement svg = XDocument.Parse(Make(kind).ToSvg()).Root!;
        double[] view = [.. svg.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        foreach (XElement text in svg.Descendants().Where(element => element.Name.LocalName == "text" && element.Attribute("x") is not null))
        {
            Assert.InRange(Number(text.Attribute("x")!.Value), 0, view[2]);
            Assert.InRange(Number(text.Attribute("y")!.Value), 0, view[3]);
        }
    }

    [Fact]
    public void Figures_in_one_page_share_no_id_that_means_different_things()
    {
        var elements = Kinds.SelectMany(kind => XDocument.Parse(Make(kind.Data).ToSvg()).Descendants())
            .Where(element => element.Attribute("id") is not null)
            .GroupBy(element => element.Attribute("id")!.Value, element => element.ToString());
        Assert.NotEmpty(elements);
        Assert.All(elements, same => Assert.Single(same.Distinct()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_png_has_the_figures_size_times_the_scale(string kind)
    {
        Assert.SkipUnless(Figure.CanDrawPng, "This machine has no font.");
        Figure figure = Make(kind);
        byte[] png = figure.ToPng(scale: 1.5);
        Assert.Equal<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        int width = (png[16] << 24) | (png[17] << 16) | (png[18] << 8) | png[19];
        Assert.Equal(Math.Ceiling(1.5 * Number(XDocument.Parse(figure.ToSvg()).Root!.Attribute("width")!.Value)), width);
    }

    [Fact]
    public void Characters_that_xml_cannot_hold_are_replaced()
    {
        const string Text = "a\u0001\0\u001b\uffff\ud800<&\ud83d\ude00";
        Figure figure = Figures.Bars(Text, Text, [Text, "b"], new BarSeries(Text, [1, 2]), new BarSeries("c", [1, 2]));
        XElement svg = XDocument.Parse(figure.ToSvg()).Root!;
        const string Shown = "a\ufffd\ufffd\ufffd\ufffd\ufffd<&\ud83d\ude00";
        Assert.Equal(Shown, svg.Attribute("aria-label")!.Value);
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "text" && element.Value == Shown);
        Assert.DoesNotContain('\u0001', new ReportPage(Text).Paragraph(Text).ToHtml());
    }

    [Theory]
    [InlineData(-1.7e308, 1.7e308, 0, 1)]
    [InlineData(-1e300, 1e300, 0, 1)]
    [InlineData(1e-320, 2e-320, 3e-320, 4e-320)]
    [InlineData(1e-300, 1, 1e300, 5)]
    public void Values_at_the_ends_of_what_a_double_holds_can_be_drawn(double a, double b, double c, double d)
    {
        double[] y = [a, b, c, d];
        double[] x = [1, 2, 3, 4];
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            var axis = new FigureAxis("v") { Scale = scale };
            foreach (Figure figure in new[]
            {
                Figures.Lines("lines", axis, axis, new LineSeries("a", x, y) { Lower = y, Upper = y }, new LineSeries("b", y, x) { Style = SeriesStyle.Points }),
                Figures.Bars("bars", axis, ["a", "b", "c", "d"], new BarSeries("a", y) { Errors = x }),
                Figures.Histogram("histogram", "x", axis, y),
                Figures.Image("image", "v", 2, 2, y),
            })
            {
                string svg = XDocument.Parse(figure.ToSvg()).ToString();
                Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
                Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
                Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Series_have_their_lines_bands_and_names()
    {
        XElement[] elements = [.. XDocument.Parse(Make("lines").ToSvg()).Root!.Descendants()];
        Assert.Contains(elements, element => element.Name.LocalName == "text" && element.Value == "SET & friends");
        Assert.Contains(elements, element => (string?)element.Attribute("class") == "f-c1" && element.Attribute("fill-opacity") is not null);
        Assert.Contains(elements, element => (string?)element.Attribute("class") == "s-c2" && element.Attribute("stroke-dasharray") is not null);
    }

    [Fact]
    public void A_gap_breaks_the_line()
    {
        Figure figure = Figures.Lines("gap", "x", "y", new LineSeries("a", [1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5]));
        XElement[] lines = [.. XDocument.Parse(figure.ToSvg()).Root!.Descendants().Where(element => (string?)element.Attribute("class") == "s-c1")];
        Assert.Equal(2, lines.Sum(line => line.Attribute("d")!.Value.Count(letter => letter == 'M')));
    }

    [Fact]
    public void A_figure_keeps_its_numbers()
    {
        double[] values = [1, 2, 3];
        Figure figure = Figures.Lines("copy", "x", "y", new LineSeries("a", [1, 2, 3], values));
        string before = figure.ToSvg();
        values[1] = 100;
        Assert.Equal(before, figure.ToSvg());
    }

    [Fact]
    public void Bars_write_their_values()
    {
        string svg = Figures.Bars("bars", "seconds", ["a", "b"], new BarSeries("x", [12.34, 3])).ToSvg();
        Assert.Contains(">12.3<", svg, StringComparison.Ordinal);
        Assert.Contains(">3.0<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        var counts = Drawing.BinCounts.Of([0, 0.1, 0.5, 0.99, 1, double.NaN, double.PositiveInfinity], 4);
        Assert.Equal([2, 0, 1, 2], counts.Counts);
        Assert.Equal((0, 0.25), (counts.First, counts.Width));
        Assert.Equal([3], Drawing.BinCounts.Of([7, 7, 7], 10).Counts);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("'a' has 2 values where there must be 3", Error(() => Figures.Lines("t", "x", "y", new LineSeries("a", [1, 2, 3], [1, 2]))), StringComparison.Ordinal);
        Assert.Contains("'a' has one edge only", Error(() => Figures.Lines("t", "x", "y", new LineSeries("a", [1], [1]) { Lower = [0] })), StringComparison.Ordinal);
        Assert.Contains("'a' has colour -1", Error(() => Figures.Lines("t", "x", "y", new LineSeries("a", [1], [1]) { Color = -1 })), StringComparison.Ordinal);
        Assert.Contains("at least one series", Error(() => Figures.Lines("t", "x", "y")), StringComparison.Ordinal);
        Assert.Contains("at least one category", Error(() => Figures.Bars("t", "y", [], new BarSeries("a", []))), StringComparison.Ordinal);
        Assert.Contains("[1, 1000]", Error(() => Figures.Histogram("t", "x", "y", [1.0], bins: 0)), StringComparison.Ordinal);
        Assert.Contains("at least one finite value", Error(() => Figures.Histogram("t", "x", "y", [double.NaN])), StringComparison.Ordinal);
        Assert.Contains("3 values for 2 × 2 pixels", Error(() => Figures.Image("t", "", 2, 2, [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("[0.1, 10]", Error(() => Make("lines").ToPng(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_without_fonts_is_told_what_it_lacks()
    {
        Figure.ThrowIfNoFont(hasFont: true);
        string error = Assert.Throws<InvalidOperationException>(() => Figure.ThrowIfNoFont(hasFont: false)).Message;
        Assert.Contains("fonts-dejavu-core", error, StringComparison.Ordinal);
        Assert.Contains("SVG", error, StringComparison.Ordinal);
    }

    internal static Figure Make(string kind)
    {
        double[] x = [1, 2, 5, 10, 100];
        double[] y = [0.9, 0.5, 0.3, 0.2, 0.001];
        var log = new FigureAxis("k") { Scale = AxisScale.Logarithmic };
        return kind switch
        {
            "lines" => Figures.Lines(
                kind,
                "epoch",
                new FigureAxis("accuracy") { IsPercent = true },
                new LineSeries("SET & friends", x, y) { Lower = [.. y.Select(v => v - 0.01)], Upper = [.. y.Select(v => v + 0.01)] },
                new LineSeries("<dense>", x, [.. y.Reverse()]) { Style = SeriesStyle.Dashed }),
            "points" => Figures.Lines(kind, "x", "y", new LineSeries("a", x, y) { Style = SeriesStyle.Points }),
            "log" => Figures.Lines(kind, log, log, new LineSeries("a", x, y), new LineSeries("not above 0", x, [0, -1, 0.5, 0.2, 0.1])),
            "bars" => Figures.Bars(kind, "s", ["LUNG", "a very long category name"], new BarSeries("a", [1, 20]) { Errors = [0.5, 3] }, new BarSeries("b", [-3, double.NaN])),
            "log bars" => Figures.Bars(kind, log, ["dense", "sparse"], new BarSeries("a", [51_192_010, 650_000])),
            "histogram" => Figures.Histogram(kind, "w", "links", x.Concat(y), bins: 7),
            "image" => Figures.Image(kind, "strength", 3, 2, [1, 2, 3, double.NaN, 5, 6]),
            _ => Figures.Lines(kind, "epoch", "loss", new LineSeries("a", [1], [0.5])),
        };
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Error(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
