using System.Globalization;
using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Kernels;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>
/// How does the cost of a link grow from layers that fit the caches to layers that are far from it? ε = 20, one
/// hidden-to-hidden layer, 64 samples a step.
/// </summary>
internal static class ScaleMode
{
    private const int BatchSize = 64;
    private const int LinksPerNeuron = 40;
    private static readonly int[] Neurons = [2_500, 8_000, 25_000, 80_000, 250_000, 800_000, 2_500_000];

    /// <summary>Runs what the arguments ask for: [--quick] [--links MOST] [--tile WIDTH] [--json FILE].</summary>
    public static int Run(string[] args)
    {
        bool quick = args.Contains("--quick");
        if (!TryNumber(args, "--links", quick ? 10_000_000 : int.MaxValue, 100_000, out int most)
            || !TryNumber(args, "--tile", 0, 16, out int tile)
            || (tile > 0 && (tile > TileLayout.LargestWidth || BatchSize % tile != 0 || tile % 16 != 0)))
        {
            Console.Error.WriteLine("--links takes a number from 100000 on, --tile 16, 32 or 64.");
            return 2;
        }

        Console.WriteLine($"Nanoseconds per link and step of {BatchSize} samples; ε = 20; the fastest of several steps");
        Console.WriteLine("    links   neurons  tile  draw s  random read  threads  forward  backward  update   total");
        var points = new List<ScalePoint>();
        foreach (int neurons in Neurons.Where(n => n * LinksPerNeuron <= most))
        {
            points.Add(Measure(neurons, tile, quick));

            // What the last layer took is needed for the next.
            GC.Collect();
        }

        if (Array.IndexOf(args, "--json") is int at and >= 0 && at + 1 < args.Length)
        {
            new ScaleFile { Date = DateTime.UtcNow, Machine = Machine.Current, BatchSize = BatchSize, Scale = points }.Save(args[at + 1]);
        }

        return 0;
    }

    private static ScalePoint Measure(int neurons, int tile, bool quick)
    {
        TileLayout layout = tile == 0 ? TileLayout.For(BatchSize) : new TileLayout(tile, BatchSize / tile, tile);
        var layer = new ScaleLayer(neurons, LinksPerNeuron, layout);
        double read = layer.ReadGigabytesPerSecond();
        var costs = new List<ScaleCost>();
        for (int threads = 1; threads <= Math.Min(2, Environment.ProcessorCount); threads++)
        {
            ScaleCost cost = layer.Measure(threads, TimeSpan.FromSeconds(quick ? 0.2 : 1), leastSteps: 2);
            costs.Add(cost);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{layer.Links,9} {neurons,9} {layout.Width,5} {layer.DrawSeconds,7:F2} {read,7:F1} GB/s {threads,8} {cost.Forward,8:F2} {cost.Backward,9:F2} {cost.Update,7:F2} {cost.Total,7:F2}"));
        }

        return new ScalePoint(neurons, layer.Links, layout.Width, layer.DrawSeconds, read, costs);
    }

    private static bool TryNumber(string[] args, string name, int standard, int least, out int value)
    {
        int at = Array.IndexOf(args, name);
        value = standard;
        return at < 0
            || (at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least);
    }
}
