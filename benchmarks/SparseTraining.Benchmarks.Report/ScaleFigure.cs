using ScottPlot;
using ScottPlot.Plottables;
using SparseTraining.Benchmarks.Training.Scale;

namespace SparseTraining.Benchmarks.Report;

/// <summary>Cost per link and step against links, both logarithmic: one line for each number of threads, and what memory bounds.</summary>
internal static class ScaleFigure
{
    private const int Width = 900;
    private const int Height = 560;
    private const double PixelsPerPoint = 2;
    private static readonly string[] ThreadColors = ["#0B5FA5", "#7FB3DC"];

    /// <summary>Writes the figure as SVG and as PNG.</summary>
    public static void Save(ScaleFile run, string pathWithoutExtension)
    {
        using Plot plot = Draw(run);
        File.WriteAllText(pathWithoutExtension + ".svg", plot.GetSvgXml(Width, Height) + "\n");
        plot.ScaleFactor = PixelsPerPoint;
        plot.SavePng(pathWithoutExtension + ".png", (int)(Width * PixelsPerPoint), (int)(Height * PixelsPerPoint));
    }

    private static Plot Draw(ScaleFile run)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        int most = run.Scale[0].Threads.Count;
        for (int i = 0; i < most; i++)
        {
            int index = i;
            int threads = run.Scale[0].Threads[i].Threads;
            AddLine(plot, run, point => point.Threads[index].Total, threads == 1 ? "a step, 1 thread" : $"a step, {threads} threads", ThreadColors[i % ThreadColors.Length], 3.5f);
        }

        AddLine(plot, run, point => ScaleTraffic.ReadNanoseconds(point, run.BatchSize), "its rows of activations read in random order, 1 thread", "#D95F02", 2);
        Frame(plot, run);
        return plot;
    }

    private static void AddLine(Plot plot, ScaleFile run, Func<ScalePoint, double> value, string legend, string color, float width)
    {
        Scatter line = plot.Add.Scatter(
            run.Scale.Select(point => new Coordinates(Math.Log10(point.Links), Math.Log10(value(point)))).ToArray());
        line.LegendText = legend;
        line.Color = Color.FromHex(color);
        line.LineWidth = width;
        line.MarkerShape = MarkerShape.FilledCircle;
        line.MarkerSize = 2 * width;
    }

    private static void Frame(Plot plot, ScaleFile run)
    {
        const double Margin = 0.08;
        double[] links = [.. run.Scale.Select(point => Math.Log10(point.Links))];
        double[] costs =
        [
            .. run.Scale.SelectMany(point => point.Threads.Select(cost => cost.Total).Append(ScaleTraffic.ReadNanoseconds(point, run.BatchSize))).Select(Math.Log10),
        ];
        plot.Font.Set("DejaVu Sans");
        plot.Title($"Cost per link and step: one square layer, ε = 20, batch {run.BatchSize}", 15);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel("links", 15);
        plot.YLabel("nanoseconds per link and step", 15);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.TickGenerator = LogAxis.Ticks(links.Min(), links.Max(), LogAxis.Count);
        plot.Axes.Left.TickGenerator = LogAxis.Ticks(costs.Min(), costs.Max(), LogAxis.Count);
        plot.Axes.SetLimits(links.Min() - Margin, links.Max() + Margin, costs.Min() - Margin, costs.Max() + Margin);
        plot.Grid.MajorLineColor = Color.FromHex("#DDDDDD");
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 28;
        plot.Legend.FontSize = 13;
        plot.Legend.OutlineColor = Color.FromHex("#CCCCCC");
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }
}
