using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace SparseTraining.Reports.Drawing;

/// <summary>Lines, points and bands over two axes.</summary>
internal static class LinePlot
{
    public static Plot Make(FigureAxis x, FigureAxis y, IReadOnlyList<LineSeries> series, bool isNarrow)
    {
        PlotModel model = PlotStyle.NewModel();
        model.Axes.Add(PlotStyle.NewAxis(x, AxisPosition.Bottom, hasGrid: false));
        model.Axes.Add(PlotStyle.NewAxis(y, AxisPosition.Left, hasGrid: true));
        for (int i = 0; i < series.Count; i++)
        {
            AddBand(model, series[i], ColorOf(series[i], i));
        }

        for (int i = 0; i < series.Count; i++)
        {
            model.Series.Add(Line(series[i], ColorOf(series[i], i)));
        }

        return new Plot(model, isNarrow ? 230 : 330)
        {
            VerticalLabel = y.Label,
            Legend = series.Count < 2 ? [] : [.. series.Select((one, i) => new LegendEntry(one.Name, ColorOf(one, i), one.Style))],
        };
    }

    private static OxyColor ColorOf(LineSeries series, int index) => Role.OfSeries(series.Color ?? index).Light;

    private static void AddBand(PlotModel model, LineSeries series, OxyColor color)
    {
        if (series.Lower is null)
        {
            return;
        }

        var band = new AreaSeries
        {
            Fill = OxyColor.FromAColor(PlotStyle.BandOpacity, color),
            Color = OxyColors.Transparent,
            Color2 = OxyColors.Transparent,
            StrokeThickness = 0,
        };
        for (int i = 0; i < series.X.Count; i++)
        {
            if (double.IsFinite(series.X[i]) && double.IsFinite(series.Lower[i]) && double.IsFinite(series.Upper![i]))
            {
                band.Points.Add(new DataPoint(series.X[i], series.Upper[i]));
                band.Points2.Add(new DataPoint(series.X[i], series.Lower[i]));
            }
        }

        model.Series.Add(band);
    }

    private static OxyPlot.Series.LineSeries Line(LineSeries series, OxyColor color)
    {
        bool isPoints = series.Style == SeriesStyle.Points;
        var line = new OxyPlot.Series.LineSeries
        {
            Color = isPoints ? OxyColors.Transparent : color,
            StrokeThickness = isPoints ? 0 : series.Style == SeriesStyle.Dashed ? 1.6 : 2,
            LineStyle = isPoints ? LineStyle.None : LineStyle.Solid,
            Dashes = series.Style == SeriesStyle.Dashed ? PlotStyle.Dashes : null,
            LineJoin = LineJoin.Round,
            MarkerType = isPoints || series.X.Count == 1 ? MarkerType.Circle : MarkerType.None,
            MarkerSize = 3,
            MarkerFill = OxyColor.FromAColor(200, color),
            MarkerStrokeThickness = 0,
        };
        for (int i = 0; i < series.X.Count; i++)
        {
            bool isPoint = double.IsFinite(series.X[i]) && double.IsFinite(series.Y[i]);
            line.Points.Add(isPoint ? new DataPoint(series.X[i], series.Y[i]) : DataPoint.Undefined);
        }

        return line;
    }
}
