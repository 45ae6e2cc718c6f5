using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace SparseTraining.Benchmarks;

/// <summary>The command line that both projects share: a quick look, or BenchmarkDotNet's switcher.</summary>
internal static class BenchmarkProgram
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <param name="args">As given to the program.</param>
    /// <param name="columns">Beside BenchmarkDotNet's own.</param>
    /// <param name="isQuick">Which cases <c>--quick</c> runs.</param>
    /// <returns>Whether this was a quick run.</returns>
    public static bool Run(string[] args, IColumn[] columns, Func<BenchmarkCase, bool> isQuick)
    {
        bool quick = args.Contains("--quick");
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumn(columns)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(30))
            .HideColumns(Column.Error, Column.Median, Column.RatioSD, Column.AllocRatio)
            .HideColumns(Column.Gen0, Column.Gen1, Column.Gen2);
        if (quick)
        {
            // Without a process of its own a case starts at once; three short iterations are for a look, not for a
            // record.
            config
                .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithId("Quick")
                    .WithWarmupCount(1).WithIterationCount(3).WithIterationTime(TimeInterval.FromMilliseconds(100)))
                .AddFilter(new SimpleFilter(isQuick));
            BenchmarkRunner.Run(typeof(BenchmarkProgram).Assembly, config);
        }
        else
        {
            // As default: a job given on the command line takes its place.
            config.AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(10).AsDefault());
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkProgram).Assembly).Run(args, config);
        }

        return quick;
    }

    /// <summary>
    /// The value of a parameter of a case, or <see langword="null"/> where the case has no such parameter.
    /// </summary>
    public static object? Parameter(BenchmarkCase benchmark, string name) =>
        benchmark.Parameters.Items.FirstOrDefault(parameter => parameter.Name == name)?.Value;
}
