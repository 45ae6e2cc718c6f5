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
else if (BenchmarkProgram.Run(args, PeakBenchmarks.Columns, IsQuick))
{
    SteadyState.Print();
}

return 0;

static bool IsQuick(BenchmarkCase benchmark)
{
    Type type = benchmark.Descriptor.Type;
    string method = benchmark.Descriptor.WorkloadMethod.Name;
    bool isSmall = BenchmarkProgram.Parameter(benchmark, "Network") is null or Workloads.Small;
    bool isOneThread = BenchmarkProgram.Parameter(benchmark, "Threads") is null or 1;
    object? batchSize = BenchmarkProgram.Parameter(benchmark, "BatchSize");
    if (type == typeof(KernelBenchmarks))
    {
        bool isOfSmallBatches = method is nameof(KernelBenchmarks.SpMM) or nameof(KernelBenchmarks.BackwardWalk);
        return batchSize is 128 || (batchSize is 1 or 2 && isOfSmallBatches);
    }

    return isSmall && (type == typeof(BlockBenchmarks)
        || type == typeof(MethodBenchmarks)
        || (type == typeof(BatchSizeBenchmarks) && isOneThread && (batchSize is 2 or 128))
        || type == typeof(ThreadBenchmarks)
        || (type == typeof(GliomaBenchmarks) && isOneThread)
        || type == typeof(RewireBenchmarks));
}
