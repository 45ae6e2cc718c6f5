using System.Globalization;

namespace SparseTraining.Benchmarks.Report;

/// <summary>Times in tables.</summary>
internal static class TimeText
{
    /// <summary>A time with three digits.</summary>
    public static string Exact(double seconds)
    {
        double unit = seconds < 1e-3 ? 1e-6 : seconds < 1 ? 1e-3 : 1;
        double value = seconds / unit;
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        string name = unit == 1 ? "s" : unit == 1e-3 ? "ms" : "µs";
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + name;
    }
}
