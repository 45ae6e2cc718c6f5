using System.Globalization;
using System.Text;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Report;

/// <summary>The passes of one layer against density and links, with figures.</summary>
internal static class SweepPage
{
    /// <param name="run">The sweep.</param>
    /// <param name="figures">Names of the figures beside the page, without extension, in the order of <see cref="Sweep.AllOf"/>.</param>
    public static string Text(ComparisonFile run, IReadOnlyList<string> figures)
    {
        var page = new StringBuilder();
        PageHead.Append(page, "One layer against density and links", run);
        foreach ((Sweep sweep, string figure) in Sweep.AllOf([.. run.Rows]).Zip(figures).OrderBy(pair => pair.First.Variable))
        {
            page.AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"## {sweep.Kind} against {sweep.Variable}");
            page.AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"![Time of the {sweep.Kind.ToString().ToLowerInvariant()} pass against {sweep.Variable}]({figure}.svg)");
            PeerTable.Append(page, sweep.Rows, sweep.IsDensity ? "Density" : "Layer, links", row => Name(sweep, row));
        }

        return page.ToString();
    }

    private static string Name(Sweep sweep, Row row) => sweep.IsDensity
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * row.Work.Density:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Work.Inputs} × {row.Work.Outputs}, {row.Work.Links:N0}");
}
