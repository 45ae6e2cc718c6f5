using SparseTraining.Reports.Drawing;

namespace SparseTraining.Reports;

/// <summary>
/// Makes figures from numbers. One that is not finite, or beyond ±1e300, is left out; one nearer to 0 than 1e-300 is 0.
/// </summary>
public static class Figures
{
    /// <summary>Lines, points and bands over two axes.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="x">The horizontal axis, or just its label.</param>
    /// <param name="y">The vertical axis, or just its label.</param>
    /// <param name="series">At least one series; the legend shows them in this order where there are several.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">There is no series, lengths differ, or a band has one edge only.</exception>
    public static Figure Lines(string title, FigureAxis x, FigureAxis y, params IEnumerable<LineSeries> series)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        LineSeries[] copies = [.. (series ?? throw new ArgumentNullException(nameof(series))).Select(Copy)];
        ThrowIfEmpty(copies.Length, nameof(series), "series");
        return new Figure(title, isNarrow => LinePlot.Make(x, y, copies, isNarrow));
    }

    /// <summary>Groups of horizontal bars, one group a category and one bar a series, with values at their ends.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="values">The axis of the values, or just its label.</param>
    /// <param name="categories">The groups' names, from the top; at least one.</param>
    /// <param name="series">At least one series of one value a category.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">There is no series or category, or lengths differ.</exception>
    public static Figure Bars(string title, FigureAxis values, IReadOnlyList<string> categories, params IEnumerable<BarSeries> series)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(categories);
        string[] names = [.. categories];
        BarSeries[] copies = [.. (series ?? throw new ArgumentNullException(nameof(series))).Select(one => Copy(one, names.Length))];
        ThrowIfEmpty(names.Length, nameof(categories), "category");
        ThrowIfEmpty(copies.Length, nameof(series), "series");
        return new Figure(title, isNarrow => BarPlot.Make(values, names, copies, isNarrow));
    }

    /// <summary>How many values fall into each of equally wide bins between the least and the greatest.</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="x">The axis of the values, or just its label.</param>
    /// <param name="y">The axis of the counts, or just its label.</param>
    /// <param name="values">The values; those that are not finite are left out.</param>
    /// <param name="bins">How many bins, in [1, 1000].</param>
    /// <param name="color">The colour's number in the palette, from 0.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> or <paramref name="color"/> is out of range.</exception>
    public static Figure Histogram(string title, FigureAxis x, FigureAxis y, IEnumerable<double> values, int bins = 50, int color = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(color);
        if (bins is < 1 or > 1000)
        {
            throw new ArgumentOutOfRangeException(nameof(bins), bins, "The number of bins must lie in [1, 1000].");
        }

        var counts = BinCounts.Of(values.Select(PlotValue.Of), bins);
        return new Figure(title, isNarrow => HistogramPlot.Make(x, y, counts.First, counts.Width, counts.Counts, color, isNarrow));
    }

    /// <summary>Values as the pixels of an image, from dark (least) to bright (greatest).</summary>
    /// <param name="title">What the figure shows.</param>
    /// <param name="label">What the values are; may be empty.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="values">width · height values, row by row from the top; one that is not finite leaves its pixel out.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">There are not width · height values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static Figure Image(string title, string label, int width, int height, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != (long)width * height)
        {
            throw new ArgumentException($"There are {values.Count} values for {width} × {height} pixels.", nameof(values));
        }

        double[] copy = [.. values.Select(PlotValue.Of)];
        return new Figure(title, isNarrow => ImagePlot.Make(label, width, height, copy, isNarrow ? Figure.NarrowWidth : Figure.WideWidth, isNarrow));
    }

    private static LineSeries Copy(LineSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        ThrowIfNegative(series.Color, series.Name);
        if (series.Lower is null != series.Upper is null)
        {
            throw new ArgumentException($"The band of series '{series.Name}' has one edge only.", nameof(series));
        }

        return series with
        {
            X = [.. series.X.Select(PlotValue.Of)],
            Y = Copy(series.Y, series.X.Count, series.Name, "values"),
            Lower = series.Lower is null ? null : Copy(series.Lower, series.X.Count, series.Name, "lower edges"),
            Upper = series.Upper is null ? null : Copy(series.Upper, series.X.Count, series.Name, "upper edges"),
        };
    }

    private static BarSeries Copy(BarSeries series, int categories)
    {
        ArgumentNullException.ThrowIfNull(series);
        ThrowIfNegative(series.Color, series.Name);
        return series with
        {
            Values = Copy(series.Values, categories, series.Name, "values"),
            Errors = series.Errors is null ? null : Copy(series.Errors, categories, series.Name, "errors"),
        };
    }

    private static double[] Copy(IReadOnlyList<double> values, int count, string name, string what) => values.Count == count
        ? [.. values.Select(PlotValue.Of)]
        : throw new ArgumentException($"Series '{name}' has {values.Count} {what} where there must be {count}.", "series");

    private static void ThrowIfNegative(int? color, string name)
    {
        if (color < 0)
        {
            throw new ArgumentException($"Series '{name}' has colour {color}; colours are numbered from 0.", "series");
        }
    }

    private static void ThrowIfEmpty(int count, string argument, string what)
    {
        if (count == 0)
        {
            throw new ArgumentException($"A figure needs at least one {what}.", argument);
        }
    }
}
