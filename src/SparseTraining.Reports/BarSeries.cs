namespace SparseTraining.Reports;

/// <summary>Bars of one colour, one a category.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Values">One value a category; one that is not finite leaves the bar out.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Half the length of an error bar around each value, one a category, or <see langword="null"/> for none.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>The colour's number in the palette, from 0; <see langword="null"/> (the default) takes the place of the series in its figure.</summary>
    public int? Color { get; init; }
}
