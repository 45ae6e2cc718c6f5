namespace SparseTraining.Benchmarks.Comparison;

/// <summary>Which work is compared.</summary>
internal static class Suites
{
    private const int Batch = 100;
    private const int KernelBatch = 128;
    private const int Epsilon = 20;

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
            if (!quick || network == Workloads.Small)
            {
                yield return Work.OnNetwork(WorkKind.Inference, network, 1, threads);
            }
        }
    }

    /// <summary>One layer against density, then layers of ε = 20 against links, each pass on one thread.</summary>
    public static IEnumerable<Work> Sweep(int width, bool quick)
    {
        double[] densities = quick ? [0.01, 0.04, 0.1, 0.3, 1] : [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
        int[] widths = quick ? [500, 1000, 2000] : [500, 1000, 2000, 4000, 8000, 16000];
        IEnumerable<(int Width, int Links)> layers =
        [
            .. densities.Select(density => (width, (int)Math.Round(density * width * width))),
            .. widths.Select(size => (size, Epsilon * (size + size))),
        ];
        return
            from layer in layers
            from kind in (WorkKind[])[WorkKind.Forward, WorkKind.Backward, WorkKind.Update]
            select Work.OnLayer(kind, layer.Width, layer.Width, layer.Links, KernelBatch, threads: 1);
    }
}
