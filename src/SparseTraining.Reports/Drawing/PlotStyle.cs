using OxyPlot;
using OxyPlot.Axes;

namespace SparseTraining.Reports.Drawing;

/// <summary>What all plots have in common: horizontal grid lines, a thin base line, small muted labels, no box.</summary>
internal static class PlotStyle
{
    public const string Font = "Arial";
    public const double LabelSize = 11.5;
    public const byte BandOpacity = 46;

    public static double[] Dashes { get; } = [4, 3];

    public static PlotModel NewModel() => new()
    {
        DefaultFont = Font,
        Background = OxyColors.Transparent,
        PlotAreaBorderThickness = new OxyThickness(0),
        TextColor = Role.Muted.Light,
    };

    /// <summary>An axis with grid lines across (left) or a base line (bottom).</summary>
    public static Axis NewAxis(FigureAxis axis, AxisPosition position, bool hasGrid)
    {
        bool isPercent = axis.IsPercent;
        Axis made;
        if (axis.Scale == AxisScale.Logarithmic)
        {
            made = new LogarithmicAxis { LabelFormatter = value => NumberText.LogTick(value, isPercent) };
        }
        else
        {
            made = new LinearAxis { LabelFormatter = value => NumberText.Tick(value, isPercent) };
        }

        bool isBottom = position == AxisPosition.Bottom;
        made.Position = position;
        made.Title = isBottom && axis.Label.Length > 0 ? axis.Label : null;
        made.AxisTitleDistance = 6;
        made.TitleFontSize = 12;
        made.FontSize = LabelSize;
        made.TextColor = Role.Muted.Light;
        made.TitleColor = Role.Muted.Light;
        made.TicklineColor = Role.Axis.Light;
        made.MinorTicklineColor = Role.Axis.Light;
        made.AxislineColor = Role.Axis.Light;
        made.AxislineStyle = isBottom ? LineStyle.Solid : LineStyle.None;
        made.TickStyle = isBottom ? TickStyle.Outside : TickStyle.None;
        made.MajorTickSize = isBottom ? 4 : 2;
        made.MinorTickSize = axis.Scale == AxisScale.Logarithmic && isBottom ? 2 : 0;
        made.MajorGridlineStyle = hasGrid ? LineStyle.Solid : LineStyle.None;
        made.MajorGridlineColor = Role.Grid.Light;
        made.MajorGridlineThickness = 1;
        made.Minimum = axis.Min ?? double.NaN;
        made.Maximum = axis.Max ?? double.NaN;
        made.MinimumPadding = isBottom ? 0 : 0.04;
        made.MaximumPadding = isBottom ? 0 : 0.06;
        return made;
    }
}
