using OxyPlot;
using SparseTraining.Reports.Drawing;

namespace SparseTraining.Reports.Tests;

/// <summary>Colours as they are seen without one kind of cone (Machado, Oliveira and Fernandes 2009), compared in Oklab (Ottosson 2020).</summary>
public sealed class PaletteTests
{
    private const double LeastDistance = 0.1;
    private const double LeastContrast = 3;

    private static readonly Dictionary<string, double[]> Sights = new()
    {
        ["all cones"] = [1, 0, 0, 0, 1, 0, 0, 0, 1],
        ["protanopia"] = [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        ["deuteranopia"] = [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        ["tritanopia"] = [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_two_series_differ_for_everybody(bool isDark)
    {
        foreach ((string sight, double[] matrix) in Sights)
        {
            double[][] seen = [.. Role.Series.Select(role => Oklab(Times(matrix, Linear(isDark ? role.Dark : role.Light))))];
            for (int i = 0; i < seen.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double distance = Math.Sqrt(seen[i].Zip(seen[j], (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(distance >= LeastDistance, $"{sight}: colours {j} and {i} differ by {distance:F3}");
                }
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_series_stands_out_from_the_ground(bool isDark)
    {
        double ground = Luminance(Linear(isDark ? Role.Surface.Dark : Role.Surface.Light));
        foreach (Role role in Role.Series)
        {
            double color = Luminance(Linear(isDark ? role.Dark : role.Light));
            double contrast = (Math.Max(color, ground) + 0.05) / (Math.Min(color, ground) + 0.05);
            Assert.True(contrast >= LeastContrast, $"{role.Name}: {contrast:F2}");
        }
    }

    [Fact]
    public void No_two_roles_share_a_light_colour()
    {
        OxyColor[] colors = [Role.Surface.Light, Role.Ink.Light, Role.Muted.Light, Role.Axis.Light, Role.Grid.Light, .. Role.Series.Select(role => role.Light)];
        Assert.Equal(colors.Length, colors.Distinct().Count());
    }

    private static double[] Linear(OxyColor color) =>
        [.. new[] { color.R, color.G, color.B }.Select(value => value / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    private static double Luminance(double[] rgb) => (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(r => Enumerable.Range(0, 3).Sum(c => matrix[(3 * r) + c] * vector[c]))];

    private static double[] Oklab(double[] rgb)
    {
        double[] cones = Times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], rgb);
        return Times(
            [0.2104542553, 0.7936177850, -0.0040720468, 1.9779984951, -2.4285922050, 0.4505937099, 0.0259040371, 0.7827717662, -0.8086757660],
            [.. cones.Select(value => Math.Cbrt(Math.Max(0, value)))]);
    }
}
