using SparseTraining.Schedules;

namespace SparseTraining.Tools.Figures;

/// <summary>ζ of the built-in schedules over 500 epochs, as the library computes it.</summary>
internal static class ZetaFigure
{
    private const int Epochs = 500;

    private static readonly (string Name, IZetaSchedule Schedule, string Color)[] Schedules =
    [
        ("SET: constant", ZetaSchedules.Constant(0.3), Svg.Ink),
        ("LDV: linear", ZetaSchedules.LinearDecay(), Svg.Blue),
        ("OSV: oscillating", ZetaSchedules.Oscillating(), Svg.Orange),
        ("EXD: exponential", ZetaSchedules.ExponentialDecay(), Svg.Green),
        ("RigL: cosine", ZetaSchedules.CosineDecay(), Svg.Violet),
    ];

    public static string Draw()
    {
        const int Left = 52, Top = 18, Width = 500, Height = 240;
        var svg = new Svg(760, 310, "The fraction of links that a rewire prunes, over 500 epochs, for five schedules");
        for (double zeta = 0; zeta < 0.31; zeta += 0.1)
        {
            double y = Top + Height - (zeta / 0.3 * Height);
            svg.Line(Left, y, Left + Width, y, Svg.Ink, zeta == 0 ? 1 : 0.4);
            svg.Text(Left - 8, y + 5, zeta.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), anchor: "end");
        }

        for (int epoch = 0; epoch <= Epochs; epoch += 100)
        {
            svg.Text(Left + ((double)epoch / Epochs * Width), Top + Height + 20, $"{epoch}", anchor: "middle");
        }

        svg.Text(6, Top + (Height / 2) + 6, "ζ", size: 18, bold: true);
        svg.Text(Left + (Width / 2), Top + Height + 42, "epoch", anchor: "middle");
        for (int s = 0; s < Schedules.Length; s++)
        {
            (string name, IZetaSchedule schedule, string color) = Schedules[s];
            svg.Curve(Enumerable.Range(0, Epochs / 4).Select(i => Point(i * 4)), color);
            double y = Top + 24 + (s * 34);
            svg.Line(Left + Width + 24, y - 5, Left + Width + 52, y - 5, color, 3);
            svg.Text(Left + Width + 60, y, name);

            (double X, double Y) Point(int epoch)
            {
                double zeta = schedule.GetZeta(new ZetaContext(epoch, Epochs, double.NaN));
                return (Left + ((double)epoch / Epochs * Width), Top + Height - (zeta / 0.3 * Height));
            }
        }

        return svg.ToString();
    }
}
