using System.Globalization;
using SparseTraining.Data;
using SparseTraining.Evolution;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// Figures that a mean per call hides: what a step allocates once training runs, and the rewire's share of an
/// epoch.
/// </summary>
internal static class SteadyState
{
    private const int Steps = 40;

    public static void Print()
    {
        Console.WriteLine();
        Console.WriteLine("Bytes allocated a step, once training runs");
        foreach (LayerKind layers in (LayerKind[])[LayerKind.Sparse, LayerKind.MaskedDense, LayerKind.Dense])
        {
            foreach (int threads in (int[])[1, 2])
            {
                Line($"  {layers}, {threads} threads", $"{AllocatedPerStep(layers, threads):N1}");
            }
        }

        Console.WriteLine("Rewire as a share of the epoch of 60,000 samples that it follows, two threads");
        Line($"  {Workloads.Small}", $"{100 * RewireShare():N2} %");
    }

    private static void Line(string what, string value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32}{value,12}"));

    private static double AllocatedPerStep(LayerKind layers, int threads)
    {
        var run = new TrainingRun(Workloads.Small, layers, batchSize: 100, threads, steps: Steps);
        run.Execute();
        var watch = new AllocationWatch();
        run.Execute(watch);
        return watch.PerStep;
    }

    private static double RewireShare()
    {
        SparseMlp mlp = Workloads.Network(Workloads.Small, LayerKind.Sparse, evolution: TopologyEvolution.Set());
        Dataset data = Workloads.Data(Workloads.Small, 60_000);
        FitResult result = mlp.Fit(data, new FitOptions { Epochs = 4, MaxDegreeOfParallelism = 2 });

        // The first rewire is compiled as it runs, and the last epoch has none.
        return result.History[2].RewireSeconds / result.History[2].TrainingSeconds;
    }

    /// <summary>Counts from the fourth part of an epoch to its last step.</summary>
    private sealed class AllocationWatch : TrainingCallback
    {
        private long _firstStep;
        private long _lastStep;
        private long _bytesBefore;
        private long _bytesAfter;

        public double PerStep => (double)(_bytesAfter - _bytesBefore) / (_lastStep - _firstStep);

        public override TrainingDecision OnStepEnd(in StepRecord record)
        {
            long stepsLeft = record.StepCount - record.Step;
            if (stepsLeft == Steps * 3 / 4)
            {
                _firstStep = record.Step;
                _bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
            }
            else if (stepsLeft == 0)
            {
                _lastStep = record.Step;
                _bytesAfter = GC.GetTotalAllocatedBytes(precise: true);
            }

            return TrainingDecision.Continue;
        }
    }
}
