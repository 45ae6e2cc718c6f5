using System.Globalization;
using System.Text;

namespace SparseTraining.Tools.Figures;

/// <summary>Writes an SVG without a background, in colours that can be read on white and on black.</summary>
internal sealed class Svg(int width, int height, string title)
{
    public const string Ink = "#7a828c";

    public const string Blue = "#2f81f7";

    public const string Orange = "#d9822b";

    public const string Green = "#3fa45b";

    public const string Red = "#e5534b";

    public const string Violet = "#a371f7";

    private readonly StringBuilder _body = new();

    public void Text(
        double x, double y, string text, string color = Ink, int size = 14, string anchor = "start", bool bold = false)
    {
        string weight = bold ? " font-weight=\"600\"" : "";
        Add($"""<text x="{x:0.#}" y="{y:0.#}" fill="{color}" font-size="{size}" text-anchor="{anchor}"{weight}>{text}</text>""");
    }

    public void Line(double x1, double y1, double x2, double y2, string color, double thickness = 1) =>
        Add($"""
            <line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{color}" stroke-width="{thickness:0.#}"/>
            """);

    public void Bar(double x, double y, double length, double thickness, string color) =>
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{length:0.#}" height="{thickness:0.#}" rx="3" fill="{color}"/>""");

    public void Curve(IEnumerable<(double X, double Y)> points, string color)
    {
        IEnumerable<string> pairs = points
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}"));
        Add($"""
            <polyline points="{string.Join(' ', pairs)}" fill="none" stroke="{color}" stroke-width="2.5" stroke-linejoin="round"/>
            """);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"
          font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif">
        <title>{title}</title>
        {_body}</svg>

        """);

    private void Add(FormattableString element) => _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
