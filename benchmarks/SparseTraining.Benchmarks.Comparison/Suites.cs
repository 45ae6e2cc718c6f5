namespace SparseTraining.Benchmarks.Comparison;

/// <summary>Which work is compared.</summary>
internal static class Suites
{
    private const int Batch = 100;
    private const int KernelBatch = 128;

    /// <summary>Steps, predictions and the kernel. A quick run leaves out the network whose dense peers take longest.</summary>
    public static IEnumerable<Work> Comparison(int threads, bool quick)
    {
        string[] networks = quick ? [Workloads.Small, Workloads.Medium] : [Workloads.Small, Workloads.Medium, Workloads.Large];
        yield return Work.OnLayer(WorkKind.Forward, 1000, 1000, 40_000, KernelBatch, threads: 1);
        yield return Work.OnLayer(WorkKind.Backward, 1000, 1000, 40_000, KernelBatch, threads: 1);
        foreach (string network in networks)
        {
            yield return Work.OnNetwork(WorkKind.Training, network, Batch, threads);
            yield return Work.OnNetwork(WorkKind.Inference, network, Batch, threads);
            yield return Work.OnNetwork(WorkKind.Inference, network, 1, threads);
        }
    }
}
