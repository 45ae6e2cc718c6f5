using SkiaSharp;

namespace SparseTraining.Reports.Drawing;

/// <summary>The font of PNG files: the first of some sans-serif families that this machine has.</summary>
internal static class PngFont
{
    private static readonly string[] Families = ["Inter", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans"];

    private static readonly Lazy<string> Chosen = new(Choose);

    public static string Name => Chosen.Value;

    private static string Choose()
    {
        var here = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Array.Find(Families, here.Contains) ?? here.FirstOrDefault() ?? Families[^1];
    }
}
