using System.Globalization;
using System.Text;
using SparseTraining.Benchmarks.Comparison.Peers;
using SparseTraining.Benchmarks.Comparison.Results;

namespace SparseTraining.Benchmarks.Report;

/// <summary>A table with a line a row and a column a peer.</summary>
internal static class PeerTable
{
    /// <param name="page">Where to.</param>
    /// <param name="rows">The lines.</param>
    /// <param name="heading">Of the first column.</param>
    /// <param name="name">Of a line.</param>
    public static void Append(StringBuilder page, IReadOnlyList<Row> rows, string heading, Func<Row, string> name)
    {
        PeerName[] peers = [.. Enum.GetValues<PeerName>().Where(peer => rows.Any(row => TimeOf(row, peer) is not null))];
        page.AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"| {heading} | {string.Join(" | ", peers.Select(peer => peer.Title()))} | fastest dense peer / ours |");
        page.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(peers.Select(_ => "---:|"))}---:|");
        foreach (Row row in rows)
        {
            string ratio = row.Ratio > 0 ? row.Ratio.ToString("N2", CultureInfo.InvariantCulture) : "";
            page.AppendLine(CultureInfo.InvariantCulture, $"| {name(row)} | {string.Join(" | ", peers.Select(peer => Cell(row, peer)))} | {ratio} |");
        }
    }

    public static string TitleOf(PeerTime time) => Enum.Parse<PeerName>(time.Peer).Title();

    private static PeerTime? TimeOf(Row row, PeerName peer) => row.Times.FirstOrDefault(time => time.Peer == peer.ToString());

    private static string Cell(Row row, PeerName peer) =>
        TimeOf(row, peer) is { } time ? TimeText.Exact(time.Seconds) : "–";
}
