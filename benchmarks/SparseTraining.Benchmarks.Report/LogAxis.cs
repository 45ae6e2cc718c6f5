using System.Globalization;
using ScottPlot.TickGenerators;

namespace SparseTraining.Benchmarks.Report;

/// <summary>A logarithmic axis: the plot holds decimal logarithms, ticks say what they stand for.</summary>
internal static class LogAxis
{
    /// <summary>Labels at 1, 2 and 5 times the powers of ten, small ticks between.</summary>
    public static NumericManual Ticks(double lowest, double highest, Func<double, string> label)
    {
        var ticks = new NumericManual();
        for (int decade = (int)Math.Floor(lowest); decade <= (int)Math.Ceiling(highest); decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double position = decade + Math.Log10(digit);
                if (digit is 1 or 2 or 5)
                {
                    ticks.AddMajor(position, label(digit * Math.Pow(10, decade)));
                }
                else
                {
                    ticks.AddMinor(position);
                }
            }
        }

        return ticks;
    }

    /// <summary>1 µs, 10 µs, …, 1 s.</summary>
    public static string Time(double seconds) => seconds switch
    {
        < 1e-3 => Number(seconds * 1e6) + " µs",
        < 1 => Number(seconds * 1e3) + " ms",
        _ => Number(seconds) + " s",
    };

    /// <summary>1 %, 10 %.</summary>
    public static string Percent(double percent) => Number(percent) + " %";

    /// <summary>10 k, 1 M.</summary>
    public static string Count(double count) => count switch
    {
        >= 1e6 => Number(count / 1e6) + " M",
        >= 1e3 => Number(count / 1e3) + " k",
        _ => Number(count),
    };

    private static string Number(double value) => Math.Round(value, 6).ToString("0.###", CultureInfo.InvariantCulture);
}
