using System.Globalization;
using System.Text;
using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>
/// Draws a plot as SVG elements whose colours can change with the page: each names the role of its colour as a class, beside
/// the colour itself.
/// </summary>
/// <param name="idPrefix">Begins every id, so that several figures can stand in one page.</param>
internal sealed class SvgContext(string idPrefix) : ClippingRenderContext
{
    private readonly StringBuilder _body = new();

    /// <summary>All elements so far.</summary>
    public string Body => _body.ToString();

    public override void DrawLine(
        IList<ScreenPoint> points, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (points.Count < 2 || stroke.IsInvisible() || thickness <= 0)
        {
            return;
        }

        _body.Append("<path d=\"");
        AppendPoints(points);
        _body.Append('"');
        AppendPaint(OxyColors.Undefined, stroke, thickness, dashArray);
        _body.Append(" stroke-linejoin=\"round\"/>");
    }

    public override void DrawPolygon(
        IList<ScreenPoint> points, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode, double[] dashArray, LineJoin lineJoin)
    {
        if (points.Count < 3)
        {
            return;
        }

        _body.Append("<path d=\"");
        AppendPoints(points);
        _body.Append("Z\"");
        AppendPaint(fill, stroke, thickness, dashArray);
        _body.Append("/>");
    }

    public override void DrawRectangle(OxyRect rectangle, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode)
    {
        if (fill.IsInvisible() && (stroke.IsInvisible() || thickness <= 0))
        {
            return;
        }

        _body.Append("<rect");
        AppendFrame(rectangle);
        AppendPaint(fill, stroke, thickness);
        _body.Append("/>");
    }

    public override void DrawEllipse(OxyRect extents, OxyColor fill, OxyColor stroke, double thickness, EdgeRenderingMode edgeRenderingMode)
    {
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<ellipse cx=\"{Number(extents.Center.X)}\" cy=\"{Number(extents.Center.Y)}\" rx=\"{Number(extents.Width / 2)}\" ry=\"{Number(extents.Height / 2)}\"");
        AppendPaint(fill, stroke, thickness);
        _body.Append("/>");
    }

    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotate,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        double baseline = fontSize * verticalAlignment switch
        {
            VerticalAlignment.Top => 0.95,
            VerticalAlignment.Middle => 0.35,
            _ => -0.25,
        };
        string anchor = horizontalAlignment switch
        {
            HorizontalAlignment.Left => "",
            HorizontalAlignment.Center => " text-anchor=\"middle\"",
            _ => " text-anchor=\"end\"",
        };
        string weight = fontWeight > 500 ? " font-weight=\"600\"" : "";
        string place = rotate == 0
            ? $" x=\"{Number(p.X)}\" y=\"{Number(p.Y + baseline)}\""
            : $" transform=\"translate({Number(p.X)} {Number(p.Y)}) rotate({Number(rotate)})\" y=\"{Number(baseline)}\"";
        _body.Append("<text").Append(place).Append(anchor).Append(weight);
        _body.Append(CultureInfo.InvariantCulture, $" font-size=\"{Number(fontSize)}\"");
        AppendPaint(fill, OxyColors.Undefined, 0);
        _body.Append('>').Append(XmlText.Escape(text)).Append("</text>");
    }

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) =>
        string.IsNullOrEmpty(text) ? OxySize.Empty : new OxySize(fontSize * TextWidth.Of(text, fontWeight > 500), 1.2 * fontSize);

    public override void DrawImage(
        OxyImage source,
        double srcX,
        double srcY,
        double srcWidth,
        double srcHeight,
        double destX,
        double destY,
        double destWidth,
        double destHeight,
        double opacity,
        bool interpolate)
    {
        _body.Append("<image");
        AppendFrame(new OxyRect(destX, destY, destWidth, destHeight));
        _body.Append(" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,");
        _body.Append(Convert.ToBase64String(source.GetData())).Append("\"/>");
    }

    protected override void SetClip(OxyRect clippingRectangle)
    {
        if (clippingRectangle is { Left: <= 0, Top: <= 0 })
        {
            // The whole figure: a label that turns out wider than expected may stand out.
            _body.Append("<g>");
            return;
        }

        // The id says which rectangle it is: where a page holds several exported figures, equal ids mean the same.
        string id = string.Create(
            CultureInfo.InvariantCulture,
            $"{idPrefix}c{Number(clippingRectangle.Left)}-{Number(clippingRectangle.Top)}-{Number(clippingRectangle.Width)}-{Number(clippingRectangle.Height)}");
        _body.Append("<clipPath id=\"").Append(id).Append("\"><rect");
        AppendFrame(clippingRectangle);
        _body.Append("/></clipPath><g clip-path=\"url(#").Append(id).Append(")\">");
    }

    protected override void ResetClip() => _body.Append("</g>");

    private static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private void AppendPoints(IList<ScreenPoint> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            _body.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{Math.Round(points[i].X, 1):0.#} {Math.Round(points[i].Y, 1):0.#}");
        }
    }

    private void AppendFrame(OxyRect frame) => _body.Append(
        CultureInfo.InvariantCulture,
        $" x=\"{Number(frame.Left)}\" y=\"{Number(frame.Top)}\" width=\"{Number(frame.Width)}\" height=\"{Number(frame.Height)}\"");

    /// <summary>Appends colours, and their roles as one list of classes.</summary>
    private void AppendPaint(OxyColor fill, OxyColor stroke, double thickness, double[]? dashes = null)
    {
        bool hasStroke = stroke.IsVisible() && thickness > 0;
        string[] classes =
        [
            .. fill.IsVisible() && Role.Of(fill) is { } inside ? ["f-" + inside.Name] : Array.Empty<string>(),
            .. hasStroke && Role.Of(stroke) is { } edge ? ["s-" + edge.Name] : Array.Empty<string>(),
        ];
        if (classes.Length > 0)
        {
            _body.Append(" class=\"").AppendJoin(' ', classes).Append('"');
        }

        AppendColor("fill", fill);
        if (!hasStroke)
        {
            return;
        }

        AppendColor("stroke", stroke);
        _body.Append(CultureInfo.InvariantCulture, $" stroke-width=\"{Number(thickness)}\"");
        if (dashes is { Length: > 0 })
        {
            _body.Append(" stroke-dasharray=\"").AppendJoin(' ', dashes.Select(dash => Number(dash * thickness))).Append('"');
        }
    }

    private void AppendColor(string property, OxyColor color)
    {
        if (color.IsInvisible())
        {
            _body.Append(CultureInfo.InvariantCulture, $" {property}=\"none\"");
            return;
        }

        _body.Append(CultureInfo.InvariantCulture, $" {property}=\"{Role.Hex(color)}\"");
        if (color.A < 255)
        {
            _body.Append(CultureInfo.InvariantCulture, $" {property}-opacity=\"{Number(color.A / 255.0)}\"");
        }
    }
}
