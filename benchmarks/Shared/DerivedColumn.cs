using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SparseTraining.Benchmarks;

/// <summary>A column computed from the table itself, such as a rate; shown where any row has a value.</summary>
internal sealed class DerivedColumn(string name, string legend, Func<Summary, BenchmarkCase, double?> value) : IColumn
{
    public string Id => nameof(DerivedColumn) + "." + ColumnName;

    public string ColumnName { get; } = name;

    public string Legend { get; } = legend;

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    /// <summary>The mean time of a benchmark in nanoseconds, or <see langword="null"/> if it did not run.</summary>
    public static double? Nanoseconds(Summary summary, BenchmarkCase? benchmark) =>
        benchmark is null ? null : summary[benchmark]?.ResultStatistics?.Mean;

    public bool IsAvailable(Summary summary) =>
        summary.BenchmarksCases.Any(benchmark => value(summary, benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? number = value(summary, benchmarkCase);
        return number?.ToString(number < 10 ? "N2" : "N1", CultureInfo.InvariantCulture) ?? "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        GetValue(summary, benchmarkCase);
}
