using System.Globalization;
using SparseTraining.Benchmarks.Comparison.Peers;

namespace SparseTraining.Benchmarks.Comparison.Results;

/// <summary>A row as a person reads it.</summary>
internal static class RowTable
{
    /// <summary>From here on the machine was busy with other programs.</summary>
    private const double BusyMachine = 1.5;

    public static void Print(Row row)
    {
        Console.WriteLine();
        Console.WriteLine(row.Work.Title);
        Console.WriteLine($"  {"",-34}{"time",12}{"rounds from",13}{"to",11}   ours is faster by");
        PeerTime? own = row.Times.FirstOrDefault(time => time.Peer == nameof(PeerName.Sparse));
        foreach (PeerTime time in row.Times)
        {
            string ratio = own is null || time == own ? "" : string.Create(CultureInfo.InvariantCulture, $"{time.RatioTo(own),8:N2} x");
            string mark = time.Peer == row.FastestDense ? "  <- fastest dense peer" : "";
            string remark = time.Remark.Length > 0 ? $"  ({time.Remark})" : "";
            Console.WriteLine(
                $"  {Enum.Parse<PeerName>(time.Peer).Title(),-34}{Text(time.Seconds),12}{Text(time.Rounds.Min()),13}{Text(time.Rounds.Max()),11}   {ratio}{mark}{remark}");
        }

        if (row.Unrest > BusyMachine)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  Other programs ran meanwhile (a round took {row.Unrest:N1} times as long as the median): take no ratio from this row."));
        }
    }

    /// <summary>A time in the unit that suits it.</summary>
    public static string Text(double seconds) => seconds switch
    {
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:N1} us"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:N2} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:N2} s"),
    };
}
