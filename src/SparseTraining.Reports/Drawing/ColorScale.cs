using OxyPlot;

namespace SparseTraining.Reports.Drawing;

/// <summary>Colours from low to high whose lightness rises evenly (after viridis, which is in the public domain).</summary>
internal static class ColorScale
{
    private static readonly OxyColor[] Stops =
    [
        .. new[] { "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725" }.Select(OxyColor.Parse),
    ];

    /// <summary>The colour of a share in [0, 1].</summary>
    public static OxyColor At(double share)
    {
        double place = Math.Clamp(share, 0, 1) * (Stops.Length - 1);
        int stop = Math.Min((int)place, Stops.Length - 2);
        return OxyColor.Interpolate(Stops[stop], Stops[stop + 1], place - stop);
    }
}
