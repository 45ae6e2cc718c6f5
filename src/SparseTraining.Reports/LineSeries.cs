namespace SparseTraining.Reports;

/// <summary>Points of a line figure. A value that is not finite leaves a gap.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="X">Positions along the horizontal axis.</param>
/// <param name="Y">Values, one a position.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>The lower edge of a band around the line, one value a position, or <see langword="null"/> for none.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>The upper edge of the band; given exactly where <see cref="Lower"/> is.</summary>
    public IReadOnlyList<double>? Upper { get; init; }

    /// <summary>How the points are drawn. A solid line by default.</summary>
    public SeriesStyle Style { get; init; }

    /// <summary>
    /// The colour's number in the palette, from 0, so that the same thing has the same colour in several figures;
    /// <see langword="null"/> (the default) takes the place of the series in its figure. Numbers beyond the palette begin anew.
    /// </summary>
    public int? Color { get; init; }
}
