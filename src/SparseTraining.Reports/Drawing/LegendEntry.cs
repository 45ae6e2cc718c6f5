using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>What a legend says about one series.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Style">How its points are drawn; <see langword="null"/> for bars.</param>
internal sealed record LegendEntry(string Name, OxyColor Color, SeriesStyle? Style);
