using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace SparseTraining.Reports.Drawing;

/// <summary>How many values fall into each of equally wide bins.</summary>
internal static class HistogramPlot
{
    public static Plot Make(FigureAxis x, FigureAxis y, double first, double width, long[] counts, int color, bool isNarrow)
    {
        PlotModel model = PlotStyle.NewModel();
        model.Axes.Add(PlotStyle.NewAxis(x, AxisPosition.Bottom, hasGrid: false));
        Axis up = PlotStyle.NewAxis(y, AxisPosition.Left, hasGrid: true);
        bool isLogarithmic = y.Scale == AxisScale.Logarithmic;
        up.Minimum = y.Min ?? (isLogarithmic ? 0.7 : 0);
        model.Axes.Add(up);
        var bars = new RectangleBarSeries { FillColor = Role.OfSeries(color).Light, StrokeThickness = 0 };
        double gap = counts.Length > 60 ? 0 : 0.06 * width;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                double left = first + (i * width);
                bars.Items.Add(new RectangleBarItem(left + gap, isLogarithmic ? 0.7 : 0, left + width - gap, counts[i]));
            }
        }

        model.Series.Add(bars);
        return new Plot(model, isNarrow ? 210 : 280) { VerticalLabel = y.Label };
    }
}
