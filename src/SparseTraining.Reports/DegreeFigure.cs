using SparseTraining.Reports.Statistics;

namespace SparseTraining.Reports;

/// <summary>The share of neurons with at least k links, beside a random network's and a power law.</summary>
internal static class DegreeFigure
{
    private const int GreyColor = 5;
    private const int LawPoints = 40;

    /// <param name="title">What the figure shows.</param>
    /// <param name="degrees">One number of links a neuron.</param>
    /// <param name="most">Links that a neuron could have.</param>
    /// <param name="density">The share of these that exist.</param>
    /// <param name="fit">The power law, or <see langword="null"/>.</param>
    public static Figure Make(string title, ReadOnlySpan<int> degrees, int most, double density, PowerLawFit? fit)
    {
        ValueCounts counts = ValueCounts.Of(degrees);
        var shares = new double[counts.Values.Length];
        int atLeast = counts.Total;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = (double)atLeast / degrees.Length;
            atLeast -= counts.Counts[i];
        }

        double least = 0.7 / degrees.Length;
        var series = new List<LineSeries>
        {
            new("this network", [.. counts.Values.Select(value => (double)value)], shares) { Style = SeriesStyle.Points, Color = 0 },
            Random(most, density, counts.Values[0], counts.Values[^1], least),
        };
        if (fit is not null)
        {
            series.Add(Law(fit, (double)fit.TailCount / degrees.Length, counts.Values[^1]));
        }

        return Figures.Lines(
            title,
            new FigureAxis("links k") { Scale = AxisScale.Logarithmic },
            new FigureAxis("share with at least k links") { Scale = AxisScale.Logarithmic, Min = least, Max = 1.2 },
            series);
    }

    /// <summary>The binomial distribution of a random network's degrees.</summary>
    private static LineSeries Random(int most, double density, int from, int to, double least)
    {
        double[] atLeast = Binomial.AtLeast(most, density, to);
        int[] shown = [.. Enumerable.Range(from, to - from + 1).Where(k => atLeast[k] >= least)];
        return new LineSeries("random", [.. shown.Select(k => (double)k)], [.. shown.Select(k => atLeast[k])])
        {
            Style = SeriesStyle.Dashed,
            Color = GreyColor,
        };
    }

    private static LineSeries Law(PowerLawFit fit, double tailShare, int to)
    {
        double[] places = [.. Enumerable.Range(0, LawPoints).Select(i => fit.Minimum * Math.Pow((double)to / fit.Minimum, i / (LawPoints - 1.0)))];
        return new LineSeries("power law", places, [.. places.Select(place => tailShare * fit.AtLeast(Math.Max(place, fit.Minimum)))])
        {
            Style = SeriesStyle.Line,
            Color = 1,
        };
    }
}
