using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace SparseTraining.Benchmarks.Training;

/// <summary>Benchmarks of kernels, which measure what a core can do at best in the same run.</summary>
public abstract class PeakBenchmarks
{
    private readonly float[] _peakSink = new float[16];

    /// <summary>Rates, and the rate as a share of the peak that the same run measured.</summary>
    internal static IColumn[] Columns =>
    [
        new DerivedColumn("GFLOP/s", "Multiply-adds of links × samples (2 operations each) a second, / 10⁹", Rate),
        new DerivedColumn("% of peak", "GFLOP/s as a share of the FmaPeak row's", (summary, benchmark) =>
            100 * Rate(summary, benchmark) / Rate(summary, Peak(summary, benchmark))),
        new DerivedColumn("ps/value", "Picoseconds for each value that is written", (summary, benchmark) =>
            1000 * DerivedColumn.Nanoseconds(summary, benchmark) / Positive(Work(benchmark)?.Values * Samples(benchmark))),
    ];

    [Benchmark]
    public void FmaPeak() => Training.FmaPeak.Run(_peakSink);

    private static double? Rate(Summary summary, BenchmarkCase? benchmark) =>
        Positive(IsPeak(benchmark) ? Training.FmaPeak.Operations : Work(benchmark)?.Operations * Samples(benchmark))
        / DerivedColumn.Nanoseconds(summary, benchmark);

    /// <summary>The peak that was measured beside a case: with the same parameters, since every set of them has its own.</summary>
    private static BenchmarkCase? Peak(Summary summary, BenchmarkCase benchmark) =>
        summary.BenchmarksCases.FirstOrDefault(other =>
            IsPeak(other) && other.Job.Id == benchmark.Job.Id && Samples(other) == Samples(benchmark))
        ?? summary.BenchmarksCases.FirstOrDefault(IsPeak);

    private static bool IsPeak(BenchmarkCase? benchmark) => benchmark?.Descriptor.WorkloadMethod.Name == nameof(FmaPeak);

    private static WorkAttribute? Work(BenchmarkCase? benchmark) =>
        benchmark?.Descriptor.WorkloadMethod.GetCustomAttribute<WorkAttribute>();

    private static int Samples(BenchmarkCase? benchmark) =>
        benchmark is not null && BenchmarkProgram.Parameter(benchmark, "BatchSize") is int samples ? samples : 1;

    private static double? Positive(double? value) => value > 0 ? value : null;
}
