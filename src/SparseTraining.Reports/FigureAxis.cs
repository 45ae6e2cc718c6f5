namespace SparseTraining.Reports;

/// <summary>One axis of a figure. A text converts to a linear axis with that label.</summary>
/// <param name="Label">What the axis shows, with its unit; may be empty.</param>
public sealed record FigureAxis(string Label)
{
    /// <summary>How the axis spaces its values. Linear by default.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>The axis begins here; <see langword="null"/> (the default) takes the data's least value.</summary>
    public double? Min { get; init; }

    /// <summary>The axis ends here; <see langword="null"/> (the default) takes the data's greatest value.</summary>
    public double? Max { get; init; }

    /// <summary>Whether values are shares, written as percentages: 0.5 as 50 %.</summary>
    public bool IsPercent { get; init; }

    /// <summary>Makes a linear axis.</summary>
    /// <param name="label">What the axis shows.</param>
    public static implicit operator FigureAxis(string label) => new(label);
}
