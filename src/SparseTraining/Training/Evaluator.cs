using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Runs data through a network without training: for metrics and for predictions of many samples.</summary>
internal sealed class Evaluator
{
    /// <summary>Samples at a time, where layers are not very wide.</summary>
    private const int LargestBatch = 256;

    /// <summary>Values of a layer's block that a batch may take (64 MiB).</summary>
    private const int LargestBlock = 1 << 24;

    private readonly int _batchSize;
    private readonly Network _network;
    private readonly MlpTask _task;
    private readonly FeatureScaler? _scaler;
    private readonly float[] _classWeights;
    private readonly Workspace _workspace;
    private readonly ForwardPass _pass;

    /// <summary>Makes room.</summary>
    /// <param name="network">The network.</param>
    /// <param name="task">What it has learned.</param>
    /// <param name="scaler">Applied to the features, or <see langword="null"/>.</param>
    /// <param name="classWeights">One factor a class, or empty.</param>
    /// <param name="samples">How many samples there are, if that is known: fewer than a batch need less room.</param>
    public Evaluator(Network network, MlpTask task, FeatureScaler? scaler, float[] classWeights, long? samples)
    {
        int widest = Math.Max(network.InputSize, network.WidestLayer);
        _batchSize = (int)Math.Clamp(Math.Min(LargestBlock / widest, samples ?? LargestBatch), 1, LargestBatch);
        _network = network;
        _task = task;
        _scaler = scaler;
        _classWeights = classWeights;
        _workspace = new Workspace(network, _batchSize, forTraining: false);
        _pass = new ForwardPass(network, _workspace, task);
    }

    /// <summary>One column of a block of outputs, the prediction of sample <paramref name="inBatch"/> of a batch. Samples come in their order.</summary>
    public delegate void PredictionSink(ReadOnlySpan<float> outputs, int width, int column, int inBatch);

    public EvaluationResult Evaluate(BatchSource source, WorkerTeam team, CancellationToken cancellation, string argument)
    {
        var metrics = new MetricAccumulator(_task, _network.OutputSize);
        int tileWidth = _workspace.Layout.Width;
        Run(source, ignoresTargets: false, team, cancellation, argument, (outputs, width, column, inBatch) =>
            metrics.Add(outputs, _workspace.TargetTile(inBatch / tileWidth, _network.OutputSize), width, column, _workspace.SampleLosses[inBatch]));
        return metrics.Count > 0
            ? metrics.Result()
            : throw new ArgumentException("There are no samples; at least 1 is needed.", argument);
    }

    public void Predict(BatchSource source, WorkerTeam team, CancellationToken cancellation, string argument, PredictionSink sink) =>
        Run(source, ignoresTargets: true, team, cancellation, argument, sink);

    private void Run(
        BatchSource source, bool ignoresTargets, WorkerTeam team, CancellationToken cancellation, string argument, PredictionSink sink)
    {
        var batch = new MiniBatch(_batchSize, source.FeatureCount, source.TargetKind, source.TargetCount) { IgnoresTargets = ignoresTargets };
        using BatchReader reader = source.OpenPass(null);
        int tileWidth = _workspace.Layout.Width;
        int last = _network.Layers.Length - 1;
        for (int count = reader.Read(batch); count > 0; count = reader.Read(batch))
        {
            cancellation.ThrowIfCancellationRequested();
            if (source is not Dataset)
            {
                BatchChecks.ThrowIfUnfit(batch, count, _network.OutputSize, _task, argument);
            }

            _pass.Prepare(batch, count, _scaler, _classWeights, training: false, dropoutKey: 0);
            _pass.Run(team);
            for (int i = 0; i < count; i++)
            {
                int tile = i / tileWidth;
                sink(_workspace.OutputTile(last, tile, _network.OutputSize), _workspace.Layout.WidthOf(tile), i % tileWidth, i);
            }
        }
    }
}
