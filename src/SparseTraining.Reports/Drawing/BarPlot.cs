using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace SparseTraining.Reports.Drawing;

/// <summary>Groups of horizontal bars, whose labels have room on a phone too, with their values at the ends.</summary>
internal static class BarPlot
{
    private const double BarHeight = 15;
    private const double GroupGap = 14;

    public static Plot Make(FigureAxis values, IReadOnlyList<string> categories, IReadOnlyList<BarSeries> series, bool isNarrow)
    {
        PlotModel model = PlotStyle.NewModel();
        Axis across = PlotStyle.NewAxis(values with { Label = "" }, AxisPosition.Bottom, hasGrid: true);
        across.AxislineStyle = LineStyle.None;
        across.TickStyle = TickStyle.None;
        across.MaximumPadding = isNarrow ? 0.22 : 0.12;
        across.Minimum = values.Min ?? (values.Scale == AxisScale.Logarithmic || HasNegative(series) ? double.NaN : 0);
        model.Axes.Add(across);
        Axis down = PlotStyle.NewAxis("", AxisPosition.Left, hasGrid: false);
        down.StartPosition = 1;
        down.EndPosition = 0;
        down.Minimum = -0.5;
        down.Maximum = categories.Count - 0.5;
        down.MajorStep = 1;
        down.TextColor = Role.Ink.Light;
        down.LabelFormatter = value => IndexOf(value) is int index && index >= 0 && index < categories.Count ? categories[index] : "";
        model.Axes.Add(down);
        double group = (BarHeight * series.Count) + GroupGap;
        double thickness = BarHeight / group;
        for (int s = 0; s < series.Count; s++)
        {
            AddBars(model, values, series[s], s, (s - ((series.Count - 1) / 2.0)) * thickness, thickness);
        }

        return new Plot(model, (group * categories.Count) + 34)
        {
            VerticalLabel = values.Label,
            Legend = series.Count < 2 ? [] : [.. series.Select((one, i) => new LegendEntry(one.Name, ColorOf(one, i), null))],
            Overlay = (context, painted) => WriteValues(context, painted, values, series, thickness),
        };
    }

    private static int? IndexOf(double value) => Math.Abs(value - Math.Round(value)) < 1e-6 ? (int)Math.Round(value) : null;

    private static bool HasNegative(IReadOnlyList<BarSeries> series) => series.Any(one => one.Values.Any(value => value < 0));

    private static OxyColor ColorOf(BarSeries series, int index) => Role.OfSeries(series.Color ?? index).Light;

    private static void AddBars(PlotModel model, FigureAxis axis, BarSeries series, int index, double offset, double thickness)
    {
        double from = axis.Scale == AxisScale.Logarithmic ? axis.Min ?? PowerBelow(series.Values) : 0;
        var bars = new RectangleBarSeries { FillColor = ColorOf(series, index), StrokeThickness = 0 };
        for (int i = 0; i < series.Values.Count; i++)
        {
            double value = series.Values[i];
            if (!double.IsFinite(value) || (axis.Scale == AxisScale.Logarithmic && value <= 0))
            {
                continue;
            }

            double middle = i + offset;
            bars.Items.Add(new RectangleBarItem(from, middle - (0.42 * thickness), value, middle + (0.42 * thickness)));
        }

        model.Series.Add(bars);
        for (int i = 0; series.Errors is not null && i < series.Values.Count; i++)
        {
            if (double.IsFinite(series.Values[i]) && series.Errors[i] > 0)
            {
                var whisker = new OxyPlot.Series.LineSeries { Color = Role.Ink.Light, StrokeThickness = 1.2 };
                whisker.Points.Add(new DataPoint(series.Values[i] - series.Errors[i], i + offset));
                whisker.Points.Add(new DataPoint(series.Values[i] + series.Errors[i], i + offset));
                model.Series.Add(whisker);
            }
        }
    }

    private static double PowerBelow(IReadOnlyList<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        return positive.Length == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(positive.Min()) - 0.01));
    }

    private static void WriteValues(IRenderContext context, PlotModel model, FigureAxis values, IReadOnlyList<BarSeries> series, double thickness)
    {
        for (int s = 0; s < series.Count; s++)
        {
            double offset = (s - ((series.Count - 1) / 2.0)) * thickness;
            for (int i = 0; i < series[s].Values.Count; i++)
            {
                double value = series[s].Values[i];
                if (!double.IsFinite(value) || (values.Scale == AxisScale.Logarithmic && value <= 0))
                {
                    continue;
                }

                double end = Math.Max(value, 0) + (series[s].Errors is { } errors && errors[i] > 0 ? errors[i] : 0);
                var at = new ScreenPoint(model.Axes[0].Transform(end) + 5, model.Axes[1].Transform(i + offset));
                context.DrawText(
                    at, NumberText.Value(value, values.IsPercent), Role.Ink.Light, PlotStyle.Font, 11, FontWeights.Normal, 0, HorizontalAlignment.Left, VerticalAlignment.Middle);
            }
        }
    }
}
