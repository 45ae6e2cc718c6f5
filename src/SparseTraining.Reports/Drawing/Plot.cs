using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>A plot that is ready to be painted once, with what stands above it.</summary>
/// <param name="Model">Axes and series.</param>
/// <param name="BodyHeight">Height without what stands above, in pixels.</param>
internal sealed record Plot(PlotModel Model, double BodyHeight)
{
    /// <summary>Stands above the vertical axis, where it can be read without turning one's head.</summary>
    public string VerticalLabel { get; init; } = "";

    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>Room at the right of the axes for what the overlay writes there, in pixels.</summary>
    public double RightMargin { get; init; } = 12;

    /// <summary>Paints on top, once the axes know their place.</summary>
    public Action<IRenderContext, PlotModel>? Overlay { get; init; }
}
