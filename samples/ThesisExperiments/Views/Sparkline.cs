namespace ThesisExperiments.Views;

/// <summary>A row of bars that shows how a quantity went.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values between their smallest and largest.</summary>
    /// <param name="values">The values; where there are more than fit, a bar is the mean of its share.</param>
    /// <param name="width">Bars at most.</param>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        int bars = Math.Min(width, values.Count);
        if (bars <= 0)
        {
            return "";
        }

        double[] means = [.. Enumerable.Range(0, bars).Select(b => Mean(values, b * values.Count / bars, (b + 1) * values.Count / bars))];
        double min = means.Min(), range = means.Max() - min;
        return string.Concat(means.Select(mean => Bars[range > 0 ? (int)Math.Round((mean - min) / range * (Bars.Length - 1)) : 0]));
    }

    private static double Mean(IReadOnlyList<double> values, int from, int to)
    {
        double sum = 0;
        for (int i = from; i < to; i++)
        {
            sum += values[i];
        }

        return sum / (to - from);
    }
}
