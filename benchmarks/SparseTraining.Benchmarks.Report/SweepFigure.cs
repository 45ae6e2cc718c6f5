using ScottPlot;
using ScottPlot.Plottables;
using SparseTraining.Benchmarks.Comparison;
using SparseTraining.Benchmarks.Comparison.Peers;

namespace SparseTraining.Benchmarks.Report;

/// <summary>Time of one pass of a layer against density or links, both logarithmic, one line a peer.</summary>
internal static class SweepFigure
{
    private const int Width = 900;
    private const int Height = 560;

    /// <summary>For screens that show two pixels where the page says one.</summary>
    private const double PixelsPerPoint = 2;

    /// <summary>Writes the figure as SVG and as PNG.</summary>
    public static void Save(Sweep sweep, string pathWithoutExtension)
    {
        using Plot plot = Draw(sweep);
        File.WriteAllText(pathWithoutExtension + ".svg", plot.GetSvgXml(Width, Height) + "\n");
        plot.ScaleFactor = PixelsPerPoint;
        plot.SavePng(pathWithoutExtension + ".png", (int)(Width * PixelsPerPoint), (int)(Height * PixelsPerPoint));
    }

    private static Plot Draw(Sweep sweep)
    {
        var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        foreach (PeerName peer in Enum.GetValues<PeerName>())
        {
            AddLine(plot, sweep, peer);
        }

        Label(plot, sweep);
        Frame(plot, sweep);
        return plot;
    }

    private static void AddLine(Plot plot, Sweep sweep, PeerName peer)
    {
        Coordinates[] points =
        [
            .. from row in sweep.Rows
               from time in row.Times
               where time.Peer == peer.ToString()
               select new Coordinates(Math.Log10(sweep.Position(row)), Math.Log10(time.Seconds)),
        ];
        if (points.Length == 0)
        {
            return;
        }

        Scatter line = plot.Add.Scatter(points);
        line.LegendText = peer.Title();
        line.Color = Color.FromHex(ColorOf(peer));
        line.LineWidth = peer == PeerName.Sparse ? 3.5f : 2f;
        line.MarkerShape = MarkerShape.FilledCircle;
        line.MarkerSize = peer == PeerName.Sparse ? 8 : 5;
    }

    /// <summary>A colour a family, told apart also by those who see few colours; pale what is not at its best.</summary>
    /// <remarks>No dashes: the SVG canvas of Skia leaves them out.</remarks>
    private static string ColorOf(PeerName peer) => peer switch
    {
        PeerName.Sparse => "#0B5FA5",
        PeerName.Dense => "#7FB3DC",
        PeerName.MklDense => "#F5B584",
        PeerName.MklDenseTrueSpeed => "#D95F02",
        PeerName.MklSparse => "#93D5BF",
        PeerName.MklSparseTrueSpeed => "#1B9E77",
        PeerName.TorchDense => "#C3C1E0",
        _ => "#7570B3",
    };

    private static void Label(Plot plot, Sweep sweep)
    {
        Work work = sweep.Rows[0].Work;
        string pass = sweep.Kind switch
        {
            WorkKind.Forward => "Forward pass",
            WorkKind.Backward => "Input gradient",
            _ => "Weight gradient and update",
        };
        string layer = sweep.IsDensity
            ? FormattableString.Invariant($"one layer {work.Inputs:N0} × {work.Outputs:N0}")
            : FormattableString.Invariant($"layers of {work.Inputs:N0} to {sweep.Rows[^1].Work.Inputs:N0} neurons a side, ε = 20");
        // The library's own choice is missing on many systems, and what they take instead may have serifs.
        plot.Font.Set("DejaVu Sans");
        plot.Title($"{pass}: {layer}, batch {work.Batch}, one thread", 15);
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel(sweep.IsDensity ? "density" : "links", 15);
        plot.YLabel("time", 15);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
    }

    private static void Frame(Plot plot, Sweep sweep)
    {
        const double Margin = 0.08;
        double[] positions = [.. sweep.Rows.Select(row => Math.Log10(sweep.Position(row)))];
        double[] times = [.. sweep.Rows.SelectMany(row => row.Times).Select(time => Math.Log10(time.Seconds))];
        plot.Axes.Bottom.TickGenerator = LogAxis.Ticks(positions.Min(), positions.Max(), sweep.IsDensity ? LogAxis.Percent : LogAxis.Count);
        plot.Axes.Left.TickGenerator = LogAxis.Ticks(times.Min(), times.Max(), LogAxis.Time);
        plot.Axes.SetLimits(positions.Min() - Margin, positions.Max() + Margin, times.Min() - 2 * Margin, times.Max() + 2 * Margin);
        plot.Grid.MajorLineColor = Color.FromHex("#DDDDDD");
        plot.Grid.MinorLineColor = Color.FromHex("#F3F3F3");
        plot.Grid.MinorLineWidth = 1;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.Width = 0;

        // Room for the half of the last label that stands out.
        plot.Axes.Right.MinimumSize = 28;
        plot.Legend.FontSize = 13;
        plot.Legend.OutlineColor = Color.FromHex("#CCCCCC");
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }
}
