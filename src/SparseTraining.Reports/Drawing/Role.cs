using System.Globalization;
using System.Text;
using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>The colours of all figures, by what they are for, on light and on dark ground.</summary>
/// <remarks>
/// A figure is drawn in the light colours. Every element of an SVG names the role of its colour as a class, and the style
/// sheet of <see cref="DarkRules"/> gives these classes their dark colours, so that a program without style sheets still
/// draws the figure. The eight series colours keep their distance for the three common kinds of colour blindness.
/// </remarks>
internal sealed record Role(string Name, OxyColor Light, OxyColor Dark)
{
    public static readonly Role Surface = Make("u", "#ffffff", "#16191d");
    public static readonly Role Ink = Make("i", "#1b1f24", "#e8eaed");
    public static readonly Role Muted = Make("m", "#5b6470", "#a3abb5");
    public static readonly Role Axis = Make("a", "#9aa2ad", "#6a727d");
    public static readonly Role Grid = Make("g", "#e4e7eb", "#2c3138");

    public static readonly Role[] Series =
    [
        Make("c1", "#0b6bb5", "#5cb0f2"),
        Make("c2", "#d9560b", "#ff8b4d"),
        Make("c3", "#06855f", "#35c797"),
        Make("c4", "#a83c88", "#e887c6"),
        Make("c5", "#b98900", "#ecc34d"),
        Make("c6", "#3a3f47", "#c9ced6"),
        Make("c7", "#45a6dd", "#a5d8ff"),
        Make("c8", "#7d4fd0", "#b79bff"),
    ];

    private static readonly Role[] All = [Surface, Ink, Muted, Axis, Grid, .. Series];

    /// <summary>The rules that turn figures dark, without the media query around them.</summary>
    public static string DarkRules { get; } = Rules();

    public static Role OfSeries(int index) => Series[index % Series.Length];

    /// <summary>The role whose light colour this is, whatever its opacity.</summary>
    public static Role? Of(OxyColor color) =>
        Array.Find(All, role => role.Light.R == color.R && role.Light.G == color.G && role.Light.B == color.B);

    private static Role Make(string name, string light, string dark) => new(name, OxyColor.Parse(light), OxyColor.Parse(dark));

    private static string Rules()
    {
        var rules = new StringBuilder();
        foreach (Role role in All)
        {
            string hex = Hex(role.Dark);
            rules.Append(CultureInfo.InvariantCulture, $".fig .f-{role.Name}{{fill:{hex}}}.fig .s-{role.Name}{{stroke:{hex}}}");
        }

        return rules.ToString();
    }

    public static string Hex(OxyColor color) => string.Create(CultureInfo.InvariantCulture, $"#{color.R:x2}{color.G:x2}{color.B:x2}");
}
