using SparseTraining.Reports;
using ThesisExperiments.Definitions;

namespace ThesisExperiments.Reporting;

/// <summary>How a method looks: the same colour in every figure, masked and rebuilt variants that of their evolution.</summary>
internal static class MethodStyle
{
    private static readonly string[] Colors = ["set", "exd", "ldv", "osv", "dense", "fixprob"];

    public static int Color(string method) => Math.Max(0, Array.IndexOf(Colors, Evolution(method)));

    /// <summary>What layers a method has: "sparse" (dense twin included), "masked" or "rebuilt".</summary>
    public static string Family(string method) => method.Split('-') is [string family, _] ? family : "sparse";

    /// <summary>The dense baseline is dashed, so that it stands out from the sparse ones in black and white too.</summary>
    public static SeriesStyle Style(string method) => method == "dense" ? SeriesStyle.Dashed : SeriesStyle.Line;

    public static string Name(string method) => Method.Of(method).Name;

    /// <summary>Its place among all methods, so that tables and legends have them in one order.</summary>
    public static int Order(string method) => Method.All.ToList().FindIndex(one => one.Key == method);

    private static string Evolution(string method) => method.Split('-')[^1];
}
