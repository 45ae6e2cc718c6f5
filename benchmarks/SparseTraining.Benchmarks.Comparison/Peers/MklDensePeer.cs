using SparseTraining.Benchmarks.Comparison.Mkl;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>The dense network by oneMKL's sgemm, and sgemv for one sample.</summary>
internal sealed unsafe class MklDensePeer : IPeer
{
    public IRuns? Prepare(Work work)
    {
        MklLibrary.UseThreads(work.Threads);
        return work.Kind switch
        {
            WorkKind.Training => Training(work),
            WorkKind.Inference => Inference(work),
            _ => work.FitsDense ? OneLayer(work) : null,
        };
    }

    private static ActionRuns Training(Work work)
    {
        DenseNetwork network = Network(work);
        var batches = new BatchCycle(work);
        return new ActionRuns(() => network.Train(batches.Next(out ReadOnlySpan<int> labels), labels, 1e-6f), "", network, batches);
    }

    private static ActionRuns Inference(Work work)
    {
        DenseNetwork network = Network(work);
        var batches = new BatchCycle(work, batches: 1);
        return new ActionRuns(() => network.Predict(batches.Next(out _), work.Batch), "", network, batches);
    }

    private static DenseNetwork Network(Work work)
    {
        (int inputs, int[] hidden, int outputs) = Workloads.Shape(work.Network);
        int[] sizes = [inputs, .. hidden, outputs];
        var layers = new DenseWeights[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = Layer(sizes[i], sizes[i + 1], work.Threads);
        }

        return new DenseNetwork(layers, work.Batch, 0.3, work.Threads);
    }

    private static DenseWeights Layer(int inputs, int outputs, int threads)
    {
        // Of He's size, so that activations neither vanish nor grow.
        float[] weights = Workloads.Numbers(inputs * outputs, -1f);
        float scale = MathF.Sqrt(6f / inputs);
        foreach (ref float weight in weights.AsSpan())
        {
            weight *= scale;
        }

        return new DenseWeights(inputs, outputs, threads, weights, new float[outputs]);
    }

    private static ActionRuns OneLayer(Work work)
    {
        DenseWeights layer = Layer(work.Inputs, work.Outputs, work.Threads);
        var input = new NativeFloats(Workloads.Numbers(work.Inputs * work.Batch, -1f));
        var output = new NativeFloats(Workloads.Numbers(work.Outputs * work.Batch, -1f));
        float* weights = layer.Values.Pointer;
        float* x = input.Pointer;
        float* y = output.Pointer;
        return new ActionRuns(
            work.Kind switch
            {
                WorkKind.Forward => () => Gemm.Forward(weights, x, y, work.Inputs, work.Outputs, work.Batch),
                WorkKind.Backward => () => Gemm.Backward(weights, y, x, work.Inputs, work.Outputs, work.Batch),
                _ => () => layer.Update(x, y, work.Batch, 0.9f, 1e-6f / work.Batch),
            },
            "",
            layer,
            input,
            output);
    }
}
