using BenchmarkDotNet.Running;
using SparseTraining.Benchmarks;
using SparseTraining.Benchmarks.Training;

if (args.Contains("--steady-state"))
{
    SteadyState.Print();
}
else if (BenchmarkProgram.Run(args, KernelBenchmarks.Columns, IsQuick))
{
    SteadyState.Print();
}

static bool IsQuick(BenchmarkCase benchmark)
{
    Type type = benchmark.Descriptor.Type;
    bool small = BenchmarkProgram.Parameter(benchmark, "Network") is null or Workloads.Small;
    return type == typeof(KernelBenchmarks)
        || (small && (type == typeof(MethodBenchmarks) || type == typeof(ThreadBenchmarks) || type == typeof(RewireBenchmarks)))
        || (small && type == typeof(BatchSizeBenchmarks) && BenchmarkProgram.Parameter(benchmark, "BatchSize") is 2 or 32 or 128);
}
