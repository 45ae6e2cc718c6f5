using System.Globalization;

namespace SparseTraining.Reports.Drawing;

/// <summary>Durations with three digits and their unit.</summary>
internal static class TimeText
{
    public static string Of(double seconds) => seconds switch
    {
        0 => "0 s",
        < 1e-3 => Number(seconds * 1e6) + " µs",
        < 1 => Number(seconds * 1e3) + " ms",
        < 120 => Number(seconds) + " s",
        < 7200 => Number(seconds / 60) + " min",
        _ => Number(seconds / 3600) + " h",
    };

    private static string Number(double value) =>
        value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
