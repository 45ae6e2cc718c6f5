using SkiaSharp;

namespace SparseTraining.Reports.Drawing;

/// <summary>The font of PNG files: the first of some sans-serif families that this machine has.</summary>
internal static class PngFont
{
    private static readonly string[] Families = ["Inter", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans"];

    private static readonly Lazy<string> Chosen = new(Choose);

    private static readonly Lazy<bool> HasFile = new(FindFile);

    public static string Name => Chosen.Value;

    /// <summary>Whether this machine has any font; containers often have none.</summary>
    public static bool Exists => HasFile.Value;

    /// <remarks>Without any font Skia still offers a family, whose typeface has no file behind it.</remarks>
    private static bool FindFile()
    {
        using SKTypeface typeface = SKTypeface.FromFamilyName(Name);
        using SKStreamAsset? file = typeface?.OpenStream();
        return file is not null;
    }

    private static string Choose()
    {
        var here = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Array.Find(Families, here.Contains) ?? here.FirstOrDefault() ?? Families[^1];
    }
}
