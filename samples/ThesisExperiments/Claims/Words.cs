using System.Globalization;
using ThesisExperiments.Statistics;

namespace ThesisExperiments.Claims;

/// <summary>Numbers as sentences have them.</summary>
internal static class Words
{
    private const string Dash = "–";

    public static string Percent(double share) => double.IsFinite(share) ? Text($"{100 * share:F2} %") : Dash;

    /// <summary>A mean share with its interval: 88.10 % (87.60 to 88.60, n = 3).</summary>
    public static string Percent(Interval interval) => interval.Count switch
    {
        0 => Dash,
        1 => Text($"{100 * interval.Mean:F2} % (n = 1)"),
        _ => Text($"{100 * interval.Mean:F2} % (95 % interval {100 * interval.Low:F2} to {100 * interval.High:F2}, n = {interval.Count})"),
    };

    /// <summary>A difference of shares with its interval, in points.</summary>
    public static string Points(Interval interval) => interval.Count switch
    {
        0 => Dash,
        1 => Text($"{Signed(100 * interval.Mean, "F2")} points (n = 1)"),
        _ => Text($"{Signed(100 * interval.Mean, "F2")} points (95 % interval {Signed(100 * interval.Low, "F2")} to {Signed(100 * interval.High, "F2")}, n = {interval.Count})"),
    };

    /// <summary>A relative change with its interval.</summary>
    public static string Change(Interval interval) => interval.Count switch
    {
        0 => Dash,
        1 => Text($"{Signed(100 * interval.Mean, "F0")} % (n = 1)"),
        _ => Text($"{Signed(100 * interval.Mean, "F0")} % (95 % interval {Signed(100 * interval.Low, "F0")} to {Signed(100 * interval.High, "F0")}, n = {interval.Count})"),
    };

    /// <summary>A plain number with its interval.</summary>
    public static string Number(Interval interval, string unit) => interval.Count switch
    {
        0 => Dash,
        1 => Text($"{interval.Mean:F1} {unit} (n = 1)"),
        _ => Text($"{interval.Mean:F1} {unit} (95 % interval {interval.Low:F1} to {interval.High:F1}, n = {interval.Count})"),
    };

    public static string Count(double value) => double.IsFinite(value) ? Text($"{value:N0}") : Dash;

    private static string Signed(double value, string format)
    {
        string text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        return (value < 0 ? "−" : "+") + text;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
