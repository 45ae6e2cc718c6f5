using OxyPlot;
using OxyPlot.Axes;

namespace SparseTraining.Reports.Drawing;

/// <summary>Values as the pixels of an image, with the scale of its colours beside it.</summary>
internal static class ImagePlot
{
    private const double Top = 4;
    private const double BarWidth = 12;
    private const double Gap = 16;
    private const double LabelRoom = 66;
    private const double LargestPixel = 22;

    public static Plot Make(string label, int columns, int rows, IReadOnlyList<double> values, double figureWidth, bool isNarrow)
    {
        PlotModel model = PlotStyle.NewModel();
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, IsAxisVisible = false });
        model.Axes.Add(new LinearAxis { Position = AxisPosition.Left, IsAxisVisible = false });
        double widest = figureWidth - Gap - BarWidth - LabelRoom;
        double pixel = Math.Min(LargestPixel, Math.Min(widest / columns, (isNarrow ? 300.0 : 420.0) / rows));
        return new Plot(model, (pixel * rows) + Top + 6)
        {
            VerticalLabel = label,
            Overlay = (context, painted) => Paint(context, painted, pixel, columns, rows, values),
        };
    }

    private static void Paint(IRenderContext context, PlotModel model, double pixel, int columns, int rows, IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min();
        double high = finite.DefaultIfEmpty(0).Max();
        double range = high > low ? high - low : 1;
        var pixels = new OxyColor[columns, rows];
        for (int i = 0; i < values.Count; i++)
        {
            pixels[i % columns, i / columns] = double.IsFinite(values[i]) ? ColorScale.At((values[i] - low) / range) : OxyColors.Transparent;
        }

        double top = model.Padding.Top + Top;
        double height = pixel * rows;
        double width = pixel * columns;
        Draw(context, pixels, new OxyRect(0, top, width, height));
        const int Steps = 64;
        var scale = new OxyColor[1, Steps];
        for (int i = 0; i < Steps; i++)
        {
            scale[0, i] = ColorScale.At(1 - (i / (Steps - 1.0)));
        }

        double left = width + Gap;
        Draw(context, scale, new OxyRect(left, top, BarWidth, height));
        Write(context, model.DefaultFont, left, top, NumberText.Value(high), VerticalAlignment.Top);
        Write(context, model.DefaultFont, left, top + height, NumberText.Value(low), VerticalAlignment.Bottom);
    }

    private static void Draw(IRenderContext context, OxyColor[,] pixels, OxyRect place)
    {
        OxyImage image = OxyImage.Create(pixels, ImageFormat.Png);
        context.DrawImage(image, 0, 0, image.Width, image.Height, place.Left, place.Top, place.Width, place.Height, 1, false);
    }

    private static void Write(IRenderContext context, string font, double left, double y, string text, VerticalAlignment alignment) => context.DrawText(
        new ScreenPoint(left + BarWidth + 5, y), text, Role.Muted.Light, font, PlotStyle.LabelSize, FontWeights.Normal, 0, HorizontalAlignment.Left, alignment);
}
