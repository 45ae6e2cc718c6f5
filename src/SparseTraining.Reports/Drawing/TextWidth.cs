namespace SparseTraining.Reports.Drawing;

/// <summary>
/// How wide a text is about, without a font at hand: whose font draws an SVG is known only where it is shown. Classes of
/// letters by width, as sans-serif fonts have them; a little too wide rather than too narrow.
/// </summary>
internal static class TextWidth
{
    /// <summary>The width in units of the font size.</summary>
    public static double Of(string text, bool isBold)
    {
        double width = text.Sum(Of);
        return isBold ? 1.06 * width : width;
    }

    private static double Of(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.26,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '/' or ' ' or '-' => 0.34,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.86,
        >= 'A' and <= 'Z' => 0.68,
        '⁰' or '¹' or '²' or '³' or '⁴' or '⁵' or '⁶' or '⁷' or '⁸' or '⁹' or '⁻' => 0.36,
        _ => 0.56,
    };
}
