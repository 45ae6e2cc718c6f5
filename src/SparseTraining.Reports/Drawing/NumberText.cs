using System.Globalization;

namespace SparseTraining.Reports.Drawing;

/// <summary>Numbers at axes and bars: short, with a digit group's comma.</summary>
internal static class NumberText
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A tick of a linear axis.</summary>
    public static string Tick(double value, bool isPercent)
    {
        if (isPercent)
        {
            return Math.Round(100 * value, 6).ToString("0.##", CultureInfo.InvariantCulture) + " %";
        }

        double size = Math.Abs(value);
        return size switch
        {
            >= 1e6 => (value / 1e6).ToString("0.###", CultureInfo.InvariantCulture) + " M",
            >= 1e4 => value.ToString("N0", CultureInfo.InvariantCulture),
            0 => "0",
            < 1e-3 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
            _ => Math.Round(value, 6).ToString("0.####", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A tick of a logarithmic axis: plain near 1, a power of ten farther off.</summary>
    public static string LogTick(double value, bool isPercent)
    {
        double exponent = Math.Log10(value);
        bool isPower = Math.Abs(exponent - Math.Round(exponent)) < 1e-9;
        return !isPower || (exponent > -2.5 && exponent < 3.5)
            ? Tick(value, isPercent)
            : "10" + Superscript((int)Math.Round(exponent));
    }

    /// <summary>A measured value: three digits, or all digits of a whole number.</summary>
    public static string Value(double value, bool isPercent = false)
    {
        double shown = isPercent ? 100 * value : value;
        double size = Math.Abs(shown);
        string text = size switch
        {
            0 => "0",
            >= 1e7 => (shown / 1e6).ToString("N1", CultureInfo.InvariantCulture) + " M",
            >= 1000 => shown.ToString("N0", CultureInfo.InvariantCulture),
            >= 100 => shown.ToString("0.#", CultureInfo.InvariantCulture),
            >= 10 => shown.ToString("0.#", CultureInfo.InvariantCulture),
            >= 1 => shown.ToString("0.##", CultureInfo.InvariantCulture),
            >= 1e-3 => shown.ToString("0.####", CultureInfo.InvariantCulture),
            _ => shown.ToString("0.##e0", CultureInfo.InvariantCulture),
        };
        return isPercent ? text + " %" : text;
    }

    private static string Superscript(int exponent) =>
        (exponent < 0 ? "⁻" : "")
        + string.Concat(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
}
