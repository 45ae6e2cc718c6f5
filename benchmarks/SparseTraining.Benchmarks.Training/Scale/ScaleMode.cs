using System.Diagnostics;
using System.Globalization;
using SparseTraining.Benchmarks.Comparison.Results;
using SparseTraining.Initialization;
using SparseTraining.Kernels;
using SparseTraining.Layers;
using SparseTraining.Randomness;
using SparseTraining.Topology;

namespace SparseTraining.Benchmarks.Training.Scale;

/// <summary>
/// How does the cost of a link grow from layers that fit the caches to layers that are far from it? ε = 20, one
/// hidden-to-hidden layer, 64 samples a step.
/// </summary>
internal static class ScaleMode
{
    private const int BatchSize = 64;
    private const double Epsilon = 20;
    private const int FewestSteps = 3;
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
        foreach (int neurons in Neurons.Where(n => 2 * Epsilon * n <= most))
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
        TileLayout layout = tile == 0 ? TileLayout.For(BatchSize, neurons) : new TileLayout(tile, BatchSize / tile, tile);
        long start = Stopwatch.GetTimestamp();
        WeightMask mask = ErdosRenyiInitializer.FromEpsilon(Epsilon).Create(neurons, neurons, new RandomGenerator(1));
        double draw = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var layer = new SparseLinearLayer(mask);
        layer.Initialize(WeightInitializers.HeUniform(), new RandomGenerator(2));

        var step = new LayerStep(layer, layout, BatchSize);
        double read = step.ReadSpeedOfInput();
        var costs = new List<ScaleCost>();
        for (int threads = 1; threads <= Math.Min(2, Environment.ProcessorCount); threads++)
        {
            ScaleCost cost = Measure(step, mask.LinkCount, threads, TimeSpan.FromSeconds(quick ? 0.2 : 1));
            costs.Add(cost);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{mask.LinkCount,9} {neurons,9} {layout.Width,5} {draw,7:F2} {read,7:F1} GB/s {threads,8} {cost.Forward,8:F2} {cost.Backward,9:F2} {cost.Update,7:F2} {cost.Total,7:F2}"));
        }

        return new ScalePoint(neurons, mask.LinkCount, layout.Width, draw, read, costs);
    }

    /// <summary>The least time of each phase over some steps: what disturbs a machine only adds.</summary>
    private static ScaleCost Measure(LayerStep layer, int links, int threads, TimeSpan least)
    {
        using var team = new WorkerTeam(threads);
        var best = new ScaleCost(threads, double.MaxValue, double.MaxValue, double.MaxValue);
        layer.Run(team); // pays for memory that nobody has touched before
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < FewestSteps || Stopwatch.GetElapsedTime(start) < least; step++)
        {
            (double forward, double backward, double update) = layer.Run(team);
            best = new ScaleCost(
                threads,
                Math.Min(best.Forward, 1e9 * forward / links),
                Math.Min(best.Backward, 1e9 * backward / links),
                Math.Min(best.Update, 1e9 * update / links));
        }

        return best;
    }

    private static bool TryNumber(string[] args, string name, int standard, int least, out int value)
    {
        int at = Array.IndexOf(args, name);
        value = standard;
        return at < 0
            || (at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least);
    }
}
