using BenchmarkDotNet.Running;
using SparseTraining.Benchmarks;
using SparseTraining.Benchmarks.Inference;

var rate = new DerivedColumn("Samples/ms", "Samples predicted in a millisecond", (summary, benchmark) =>
    BenchmarkProgram.Parameter(benchmark, "Samples") is int samples
        ? samples * 1e6 / DerivedColumn.Nanoseconds(summary, benchmark)
        : null);
BenchmarkProgram.Run(args, [rate], IsQuick);

static bool IsQuick(BenchmarkCase benchmark) => BenchmarkProgram.Parameter(benchmark, "Network") switch
{
    Workloads.Small => true,
    Workloads.Medium => benchmark.Descriptor.Type == typeof(PredictBenchmarks),
    _ => false,
};
