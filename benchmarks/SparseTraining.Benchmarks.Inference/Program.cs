using BenchmarkDotNet.Running;
using SparseTraining;
using SparseTraining.Benchmarks;
using SparseTraining.Benchmarks.Inference;

var rate = new DerivedColumn("Samples/ms", "Samples predicted in a millisecond", (summary, benchmark) =>
    BenchmarkProgram.Parameter(benchmark, "Samples") is int samples
        ? samples * 1e6 / DerivedColumn.Nanoseconds(summary, benchmark)
        : null);
var size = new DerivedColumn("Model KB", "Size of the model file, 1 KB = 1024 bytes", (_, benchmark) =>
    BenchmarkProgram.Parameter(benchmark, "Network") is string network
        ? ModelFile.Bytes(network, Layers(benchmark)) / 1024.0
        : null);
BenchmarkProgram.Run(args, [rate, size], IsQuick);

static LayerKind Layers(BenchmarkCase benchmark) =>
    benchmark.Descriptor.WorkloadMethod.Name == nameof(PredictBenchmarks.Dense) ? LayerKind.Dense : LayerKind.Sparse;

static bool IsQuick(BenchmarkCase benchmark) => BenchmarkProgram.Parameter(benchmark, "Network") switch
{
    Workloads.Small => true,
    Workloads.Medium => benchmark.Descriptor.Type == typeof(PredictBenchmarks),
    _ => false,
};
