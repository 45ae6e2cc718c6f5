using SparseTraining.Benchmarks.Comparison.Mkl;
using SparseTraining.Initialization;
using SparseTraining.Layers;
using SparseTraining.Optimizers;
using SparseTraining.Randomness;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>This library, sparse or dense, through its public API.</summary>
internal sealed class OwnPeer(LayerKind layers) : IPeer
{
    /// <summary>As the trainer tiles batches: at 1,000 neurons such a block fits the second-level cache.</summary>
    private const int TileWidth = 64;

    public IRuns? Prepare(Work work) => work.Kind switch
    {
        WorkKind.Training => new FitRuns(Workloads.Network(work.Network, layers), Workloads.Data(work.Network, 40 * work.Batch), work),
        WorkKind.Inference => Inference(work),
        _ => OneLayer(work),
    };

    private ActionRuns Inference(Work work)
    {
        SparseMlp mlp = Workloads.Network(work.Network, layers);
        mlp.Fit(Workloads.Data(work.Network, 1), new FitOptions { Epochs = 1 });
        float[] features = Workloads.Numbers(work.Batch * mlp.InputSize, 0f);
        var outputs = new float[work.Batch * mlp.OutputSize];
        ParallelPredictor predictor = mlp.ToPredictor().InParallel(work.Threads);
        return new ActionRuns(() => predictor.Predict(features, outputs), "", predictor);
    }

    private ActionRuns? OneLayer(Work work)
    {
        if (work.Threads != 1 || (layers == LayerKind.Dense && !work.FitsDense))
        {
            return null;
        }

        LinearLayer layer = layers == LayerKind.Dense
            ? new DenseLinearLayer(work.Inputs, work.Outputs)
            : new SparseLinearLayer(ErdosRenyiInitializer.Create(work.Inputs, work.Outputs, work.Links, new RandomGenerator(1)));
        Workloads.Numbers(layer.WeightValues.Length, -1f).CopyTo(layer.WeightValues);
        int width = Math.Min(TileWidth, work.Batch);
        int tiles = work.Batch / width;
        var input = new NativeFloats(Workloads.Numbers(work.Inputs * work.Batch, -1f));
        var output = new NativeFloats(Workloads.Numbers(work.Outputs * work.Batch, -1f));
        Optimizer optimizer = Optimizers.Optimizers.Momentum();
        return new ActionRuns(work.Kind switch
        {
            WorkKind.Forward => () => EachTile(input, output, tiles, (x, y) => layer.Forward(x, y, width)),
            WorkKind.Backward => () => EachTile(input, output, tiles, (dx, dy) => layer.Backward(dy, dx, width)),
            _ => () => layer.Update(input.Span, output.Span, width, 1f / work.Batch, optimizer, new UpdateContext(1, 1e-6)),
        },
        "", input, output);
    }

    private static void EachTile(NativeFloats input, NativeFloats output, int tiles, Action<Span<float>, Span<float>> pass)
    {
        int inputs = input.Count / tiles;
        int outputs = output.Count / tiles;
        for (int tile = 0; tile < tiles; tile++)
        {
            pass(input.Span.Slice(tile * inputs, inputs), output.Span.Slice(tile * outputs, outputs));
        }
    }
}
