using System.Globalization;
using System.Text;
using OxyPlot.SkiaSharp;
using SkiaSharp;
using SparseTraining.Reports.Drawing;

namespace SparseTraining.Reports;

/// <summary>A figure: made by <see cref="Figures"/>, put on a <see cref="ReportPage"/> or exported. It never changes.</summary>
public sealed class Figure
{
    internal const double WideWidth = 760;
    internal const double NarrowWidth = 380;
    private const double Margin = 16;
    private readonly Func<bool, Plot> _plot;

    /// <summary>Makes a figure.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="plot">Makes a plot that can be painted once, for the narrow width or the wide one.</param>
    internal Figure(string title, Func<bool, Plot> plot)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        Title = title;
        _plot = plot;
    }

    /// <summary>What the figure shows.</summary>
    public string Title { get; }

    /// <summary>
    /// Whether PNG files can be drawn here: their letters need a font, and containers often have none. SVG files and HTML pages need
    /// nothing, since the reader's machine draws them.
    /// </summary>
    public static bool CanDrawPng => PngFont.Exists;

    /// <summary>Draws the figure as a self-contained SVG that follows the reader's light or dark colour scheme.</summary>
    /// <returns>The document.</returns>
    public string ToSvg()
    {
        Plot plot = _plot(false);
        double height = FigurePainter.HeightOf(plot, Title, WideWidth) + (2 * Margin);
        string frame = string.Create(CultureInfo.InvariantCulture, $"width=\"{WideWidth + (2 * Margin)}\" height=\"{height}\"");
        return Root(WideWidth + (2 * Margin), height, frame, "fig")
            + "<style>@media screen and (prefers-color-scheme:dark){" + Role.DarkRules + "}</style>"
            + $"<rect {frame} class=\"f-{Role.Surface.Name}\" fill=\"{Role.Hex(Role.Surface.Light)}\"/>"
            + string.Create(CultureInfo.InvariantCulture, $"<g transform=\"translate({Margin} {Margin})\">")
            + Body(plot, Title, WideWidth, "f")
            + "</g></svg>\n";
    }

    /// <summary>Draws the figure as PNG, in light colours.</summary>
    /// <param name="scale">Pixels per point, in [0.1, 10]; 2 (the default) suits screens of high resolution.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">This machine has no font; see <see cref="CanDrawPng"/>.</exception>
    public byte[] ToPng(double scale = 2)
    {
        ThrowIfNotScale(scale);
        ThrowIfNoFont(PngFont.Exists);
        Plot plot = _plot(false);
        plot.Model.DefaultFont = PngFont.Name;
        double width = WideWidth + (2 * Margin);
        double height = FigurePainter.HeightOf(plot, Title, WideWidth) + (2 * Margin);
        using var bitmap = new SKBitmap((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)scale);
        canvas.Translate((float)Margin, (float)Margin);

        // As if to a vector graphic, so that the canvas alone scales: lines are not moved to whole pixels, nor dashes scaled twice.
        using var context = new SkiaRenderContext { SkCanvas = canvas, RenderTarget = RenderTarget.VectorGraphic };
        FigurePainter.Paint(context, plot, Title, WideWidth);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes the figure as SVG.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, ToSvg());
    }

    /// <summary>Writes the figure as PNG.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    /// <param name="scale">Pixels per point, in [0.1, 10].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">This machine has no font; see <see cref="CanDrawPng"/>.</exception>
    public void SavePng(string path, double scale = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllBytes(path, ToPng(scale));
    }

    /// <summary>Draws the figure for a page, which says its title and holds the rules for dark colours.</summary>
    /// <param name="isNarrow">Whether for half the width of a page, or a phone.</param>
    /// <param name="idPrefix">Begins every id, so that it is the only one of its kind on the page.</param>
    /// <param name="className">Classes beside <c>fig</c>.</param>
    internal string ToInlineSvg(bool isNarrow, string idPrefix, string className)
    {
        Plot plot = _plot(isNarrow);
        double width = isNarrow ? NarrowWidth : WideWidth;
        double height = FigurePainter.HeightOf(plot, null, width);
        return Root(width, height, "", $"fig {className}".TrimEnd()) + Body(plot, null, width, idPrefix) + "</svg>";
    }

    internal static void ThrowIfNotScale(double scale)
    {
        if (!(scale is >= 0.1 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must lie in [0.1, 10].");
        }
    }

    internal static void ThrowIfNoFont(bool hasFont)
    {
        if (!hasFont)
        {
            throw new InvalidOperationException(
                "A PNG file needs a font for its letters, and this machine has none. Install one (Debian and Ubuntu: fonts-dejavu-core), or use SVG, which needs none.");
        }
    }

    private static string Body(Plot plot, string? title, double width, string idPrefix)
    {
        var context = new SvgContext(idPrefix);
        FigurePainter.Paint(context, plot, title, width);
        return context.Body;
    }

    private string Root(double width, double height, string frame, string className) => new StringBuilder()
        .Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{className}\" viewBox=\"0 0 {width:0.##} {height:0.##}\" {frame} role=\"img\" aria-label=\"{XmlText.Escape(Title)}\"")
        .Append(" font-family=\"system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif\">")
        .ToString();
}
