using System.Globalization;
using System.Text.Json;

namespace SparseTraining.Tools.Figures;

/// <summary>
/// Time of a training step and of a prediction beside the fastest dense peer that was measured in the same run, from the
/// file of a comparison. Each pair of bars has a scale of its own, on which the dense peer fills the width.
/// </summary>
internal static class SpeedFigure
{
    private const int Left = 24, Column = 430, BarWidth = 250, RowHeight = 78, Top = 66;

    private static readonly (string Network, int[] Neurons)[] Networks =
    [
        ("784-3x1000-10", [784, 1000, 1000, 1000, 10]),
        ("784-4000-1000-4000-10", [784, 4000, 1000, 4000, 10]),
        ("784-4x4000-10", [784, 4000, 4000, 4000, 4000, 10]),
    ];

    public static string Draw(string comparison)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(comparison));
        JsonElement root = file.RootElement;
        JsonElement[] rows = [.. root.GetProperty("Rows").EnumerateArray()];
        var svg = new Svg(890, 325, "Training steps and predictions of sparse networks beside dense ones");
        Panel("Training step, batch of 100", "Training", Left);
        Panel("Prediction of 100 samples", "Inference", Left + Column);
        JsonElement machine = root.GetProperty("Machine");
        string where = $"{machine.GetProperty("Processor")}, {machine.GetProperty("Vectors")}, {root.GetProperty("Threads")} threads";
        svg.Text(
            Left,
            312,
            $"{where}; ε = 20. Grey: dense layers on the fastest dense peer, Intel oneMKL at its true speed. Medians of one run.",
            size: 12);
        return svg.ToString();

        void Panel(string title, string kind, int x)
        {
            svg.Text(x, 28, title, size: 18, bold: true);
            for (int i = 0; i < Networks.Length; i++)
            {
                (string network, int[] neurons) = Networks[i];
                JsonElement row = rows.Single(row => row.GetProperty("Work").GetProperty("Kind").GetString() == kind
                    && row.GetProperty("Work").GetProperty("Batch").GetInt32() == 100
                    && row.GetProperty("Work").GetProperty("Network").GetString() == network);
                double sparse = Seconds(row, "Sparse");
                double dense = Seconds(row, row.GetProperty("FastestDense").GetString()!);
                int y = Top + (i * RowHeight);
                string name = string.Join('-', neurons);
                svg.Text(x, y, kind == "Training" ? $"{name} · {Fewer(neurons)}" : name, size: 13);
                svg.Bar(x, y + 9, BarWidth, 16, "#9aa4b0");
                svg.Text(x + BarWidth + 10, y + 22, $"dense {Milliseconds(dense)}", size: 13);
                svg.Bar(x, y + 29, BarWidth * sparse / dense, 16, Svg.Blue);
                double ratio = row.GetProperty("Ratio").GetDouble();
                string result = string.Create(CultureInfo.InvariantCulture, $"sparse {Milliseconds(sparse)}, {ratio:0.0} × faster");
                svg.Text(x + (BarWidth * sparse / dense) + 10, y + 42, result, Svg.Blue, 13, bold: true);
            }
        }
    }

    /// <summary>How many times fewer weights and biases: ε = 20 in the hidden layers, the output layer dense.</summary>
    private static string Fewer(int[] neurons)
    {
        double dense = 0;
        double sparse = 0;
        for (int k = 1; k < neurons.Length; k++)
        {
            double positions = (double)neurons[k - 1] * neurons[k];
            dense += positions + neurons[k];
            sparse += (k == neurons.Length - 1 ? positions : 20.0 * (neurons[k - 1] + neurons[k])) + neurons[k];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{dense / sparse:0.0} × fewer parameters");
    }

    private static double Seconds(JsonElement row, string peer) => row.GetProperty("Times").EnumerateArray()
        .Single(time => time.GetProperty("Peer").GetString() == peer).GetProperty("Seconds").GetDouble();

    private static string Milliseconds(double seconds) =>
        (seconds * 1000).ToString(seconds < 0.01 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";
}
