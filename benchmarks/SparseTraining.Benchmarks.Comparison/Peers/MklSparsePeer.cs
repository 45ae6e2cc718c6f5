using System.Diagnostics;
using SparseTraining.Benchmarks.Comparison.Mkl;
using SparseTraining.Initialization;
using SparseTraining.Randomness;
using SparseTraining.Topology;
using Layout = SparseTraining.Benchmarks.Comparison.Mkl.SparseMatrix.Layout;
using Operation = SparseTraining.Benchmarks.Comparison.Mkl.SparseMatrix.Operation;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>The sparse network by oneMKL's sparse routines, as far as they go.</summary>
internal sealed unsafe class MklSparsePeer : IPeer
{
    public IRuns? Prepare(Work work)
    {
        MklLibrary.UseThreads(work.Threads);
        return work.Kind switch
        {
            WorkKind.Training => Training(work),
            WorkKind.Inference => Inference(work),
            WorkKind.Forward => Forward(work),
            WorkKind.Backward => Backward(work),

            // oneMKL has no product of two dense matrices at given positions.
            _ => null,
        };
    }

    private static ActionRuns Training(Work work)
    {
        SparseNetwork network = Network(work);
        var batches = new BatchCycle(work);
        return new ActionRuns(
            () => network.ForwardAndInputGradient(batches.Next(out ReadOnlySpan<int> labels), labels),
            "forward and input gradient only",
            network,
            batches);
    }

    private static ActionRuns Inference(Work work)
    {
        SparseNetwork network = Network(work);
        var batches = new BatchCycle(work, batches: 1);
        return new ActionRuns(() => network.Predict(batches.Next(out _), work.Batch), "", network, batches);
    }

    private static SparseNetwork Network(Work work) =>
        new(Workloads.Network(work.Network, LayerKind.Sparse).Layers, work.Batch, 0.3, work.Threads);

    private static ActionRuns Forward(Work work)
    {
        (WeightMask mask, float[] values) = Layer(work);
        SparseMatrix matrix = SparseMatrix.Create(mask, values);
        return Fastest(work, BothLayouts(matrix, Operation.Plain, work, "plain"), matrix);
    }

    private static ActionRuns Backward(Work work)
    {
        (WeightMask mask, float[] values) = Layer(work);
        SparseMatrix matrix = SparseMatrix.Create(mask, values);
        SparseMatrix transposed = SparseMatrix.CreateTransposed(mask, values);
        return Fastest(
            work,
            [
                .. BothLayouts(transposed, Operation.Plain, work, "W transposed beforehand"),
                .. BothLayouts(matrix, Operation.Transposed, work, "transposed operation"),
            ],
            matrix,
            transposed);
    }

    private static (WeightMask Mask, float[] Values) Layer(Work work) =>
        (ErdosRenyiInitializer.Create(work.Inputs, work.Outputs, work.Links, new RandomGenerator(1)), Workloads.Numbers(work.Links, -1f));

    private static Way[] BothLayouts(SparseMatrix matrix, Operation operation, Work work, string name)
    {
        return [OneLayout(Layout.FeatureMajor, "row-major"), OneLayout(Layout.SampleMajor, "column-major")];

        Way OneLayout(Layout layout, string order) =>
            new($"{name}, {order}", (x, y) => matrix.Multiply(operation, layout, (float*)x, (float*)y, work.Batch));
    }

    /// <summary>Tries each way and keeps the best.</summary>
    private static ActionRuns Fastest(Work work, Way[] ways, params IDisposable[] resources)
    {
        int longest = Math.Max(work.Inputs, work.Outputs) * work.Batch;
        var x = new NativeFloats(Workloads.Numbers(longest, -1f));
        var y = new NativeFloats(longest);

        // The first run finds cold memory. Ways differ by a factor, so one more tells enough.
        ways[0].Multiply((nint)x.Pointer, (nint)y.Pointer);
        Way best = ways.MinBy(way =>
        {
            long start = Stopwatch.GetTimestamp();
            way.Multiply((nint)x.Pointer, (nint)y.Pointer);
            return Stopwatch.GetElapsedTime(start);
        })!;
        return new ActionRuns(() => best.Multiply((nint)x.Pointer, (nint)y.Pointer), best.Name, [.. resources, x, y]);
    }

    private sealed record Way(string Name, Action<nint, nint> Multiply);
}
