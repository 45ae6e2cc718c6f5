using System.Globalization;
using System.Text;
using SparseTraining.Benchmarks.Comparison;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Report;

/// <summary>Networks and the kernel beside other libraries.</summary>
internal static class ComparisonPage
{
    public static string Text(ComparisonFile run)
    {
        var page = new StringBuilder();
        PageHead.Append(page, "Comparison with other libraries", run);
        page.AppendLine();
        page.AppendLine(
            "Times are medians of rounds in which all take turns. The last column is the median of the rounds' ratios; above 1, "
            + "SparseTraining, sparse, is faster. ε = 20, momentum, dropout 0.3.");
        Append(page, run, "Training step", row => row.Work.Kind == WorkKind.Training);
        Append(page, run, "Inference of a batch", row => row.Work is { Kind: WorkKind.Inference, Batch: > 1 });
        Append(page, run, "Inference of one sample", row => row.Work is { Kind: WorkKind.Inference, Batch: 1 });
        Append(page, run, "One layer", row => row.Work.Inputs > 0);
        AppendRemarks(page, run);
        return page.ToString();
    }

    private static void Append(StringBuilder page, ComparisonFile run, string title, Func<Row, bool> isHere)
    {
        Row[] rows = [.. run.Rows.Where(isHere)];
        if (rows.Length == 0)
        {
            return;
        }

        Work work = rows[0].Work;
        page.AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"## {title}: {work.Batch} sample(s), {work.Threads} thread(s)");
        PeerTable.Append(page, rows, work.Inputs > 0 ? "Pass" : "Network", Name);
    }

    private static string Name(Row row) => row.Work.Inputs == 0
        ? row.Work.Network
        : string.Create(
            CultureInfo.InvariantCulture, $"{row.Work.Kind.ToString().ToLowerInvariant()}, {row.Work.Inputs} × {row.Work.Outputs}, {row.Work.Links:N0} links");

    private static void AppendRemarks(StringBuilder page, ComparisonFile run)
    {
        string[] remarks =
        [
            .. from row in run.Rows
               from time in row.Times
               where time.Remark.Length > 0
               group row.Work.Kind by $"{PeerTable.TitleOf(time)}: {time.Remark}" into same
               select $"{string.Join(", ", same.Distinct()).ToLowerInvariant()} of {same.Key}",
        ];
        page.AppendLine();
        page.AppendLine("Remarks on single times:");
        page.AppendLine();
        foreach (string remark in remarks)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"* {remark}");
        }
    }
}
