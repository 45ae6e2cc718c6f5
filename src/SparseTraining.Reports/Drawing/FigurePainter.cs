using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>Paints a plot and what stands above it: title, legend, and the label of the vertical axis.</summary>
internal static class FigurePainter
{
    private const double TitleSize = 15;
    private const double TitleLine = 21;
    private const double TextSize = 12;
    private const double LegendLine = 19;
    private const double SwatchWidth = 18;
    private const double Gap = 6;
    private const double EntryGap = 16;

    /// <summary>The whole height of a figure, in pixels.</summary>
    public static double HeightOf(Plot plot, string? title, double width) => HeadHeight(plot, title, width) + plot.BodyHeight;

    /// <summary>Paints a figure; a plot can be painted once.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="plot">What to paint.</param>
    /// <param name="title">What stands above it, or <see langword="null"/> where the page says it.</param>
    /// <param name="width">The width in pixels.</param>
    public static void Paint(IRenderContext context, Plot plot, string? title, double width)
    {
        double head = HeadHeight(plot, title, width);
        plot.Model.Padding = new OxyThickness(2, head, plot.RightMargin, 4);
        IPlotModel model = plot.Model;
        model.Update(true);
        model.Render(context, new OxyRect(0, 0, width, head + plot.BodyHeight));

        double y = 0;
        foreach (string line in TitleLines(title, width))
        {
            context.DrawText(new ScreenPoint(2, y), line, Role.Ink.Light, PlotStyle.Font, TitleSize, FontWeights.Bold, 0, HorizontalAlignment.Left, VerticalAlignment.Top);
            y += TitleLine;
        }

        foreach ((LegendEntry entry, double left, int row) in PlaceLegend(plot.Legend, width))
        {
            DrawEntry(context, entry, left, y + (LegendLine * (row + 0.5)));
        }

        if (plot.VerticalLabel.Length > 0)
        {
            context.DrawText(
                new ScreenPoint(2, head - 8), plot.VerticalLabel, Role.Muted.Light, PlotStyle.Font, TextSize, FontWeights.Normal, 0, HorizontalAlignment.Left, VerticalAlignment.Bottom);
        }

        plot.Overlay?.Invoke(context, plot.Model);
    }

    private static double HeadHeight(Plot plot, string? title, double width)
    {
        int legendRows = PlaceLegend(plot.Legend, width).Select(placed => placed.Row + 1).DefaultIfEmpty(0).Max();
        double label = plot.VerticalLabel.Length > 0 ? 26 : 8;
        return (TitleLine * TitleLines(title, width).Count) + (LegendLine * legendRows) + label;
    }

    private static List<string> TitleLines(string? title, double width)
    {
        var lines = new List<string>();
        foreach (string word in (title ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = lines.Count == 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count > 0 && TitleSize * TextWidth.Of(longer, isBold: true) <= width)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static IEnumerable<(LegendEntry Entry, double Left, int Row)> PlaceLegend(IReadOnlyList<LegendEntry> legend, double width)
    {
        double left = 2;
        int row = 0;
        foreach (LegendEntry entry in legend)
        {
            double entryWidth = SwatchWidth + Gap + (TextSize * TextWidth.Of(entry.Name, isBold: false));
            if (left > 2 && left + entryWidth > width)
            {
                left = 2;
                row++;
            }

            yield return (entry, left, row);
            left += entryWidth + EntryGap;
        }
    }

    private static void DrawEntry(IRenderContext context, LegendEntry entry, double left, double middle)
    {
        switch (entry.Style)
        {
            case SeriesStyle.Points:
                context.DrawEllipse(new OxyRect(left + 5.5, middle - 3.5, 7, 7), entry.Color, OxyColors.Undefined, 0, EdgeRenderingMode.Automatic);
                break;
            case null:
                context.DrawRectangle(new OxyRect(left + 3, middle - 6, 12, 12), entry.Color, OxyColors.Undefined, 0, EdgeRenderingMode.Automatic);
                break;
            default:
                context.DrawLine(
                    [new ScreenPoint(left, middle), new ScreenPoint(left + SwatchWidth, middle)],
                    entry.Color,
                    2.5,
                    EdgeRenderingMode.Automatic,
                    entry.Style == SeriesStyle.Dashed ? PlotStyle.Dashes : null,
                    LineJoin.Round);
                break;
        }

        context.DrawText(
            new ScreenPoint(left + SwatchWidth + Gap, middle), entry.Name, Role.Ink.Light, PlotStyle.Font, TextSize, FontWeights.Normal, 0, HorizontalAlignment.Left, VerticalAlignment.Middle);
    }
}
