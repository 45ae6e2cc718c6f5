using BenchmarkDotNet.Running;
using SparseTraining.Benchmarks;
using SparseTraining.Benchmarks.Training;
using SparseTraining.Benchmarks.Training.Scale;

if (args.Contains("--scale"))
{
    return ScaleMode.Run(args);
}

if (args.Contains("--steady-state"))
{
    SteadyState.Print();
}
else if (BenchmarkProgram.Run(args, KernelBenchmarks.Columns, IsQuick))
{
    SteadyState.Print();
}

return 0;

static bool IsQuick(BenchmarkCase benchmark)
{
    Type type = benchmark.Descriptor.Type;
    bool small = BenchmarkProgram.Parameter(benchmark, "Network") is null or Workloads.Small;
    bool fewBatchSizes = BenchmarkProgram.Parameter(benchmark, "BatchSize") is null or 2 or 32 or 128;
    Type[] quick =
    [
        typeof(KernelBenchmarks), typeof(MethodBenchmarks), typeof(BatchSizeBenchmarks), typeof(ThreadBenchmarks),
        typeof(RewireBenchmarks),
    ];
    return quick.Contains(type) && small && fewBatchSizes;
}
