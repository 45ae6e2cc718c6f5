using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Runs data through a network without training: for metrics and for predictions of many samples.</summary>
internal sealed class Evaluator
{
    private const int BatchSize = 256;
    private readonly Network _network;
    private readonly MlpTask _task;
    private readonly FeatureScaler? _scaler;
    private readonly float[] _classWeights;
    private readonly Workspace _workspace;
    private readonly ForwardPass _pass;

    public Evaluator(Network network, MlpTask task, FeatureScaler? scaler, float[] classWeights)
    {
        _network = network;
        _task = task;
        _scaler = scaler;
        _classWeights = classWeights;
        _workspace = new Workspace(network, BatchSize, forTraining: false);
        _pass = new ForwardPass(network, _workspace, task);
    }

    /// <summary>One column of a block of outputs: a sample's prediction.</summary>
    public delegate void PredictionSink(ReadOnlySpan<float> outputs, int width, int column, long sample);

    public EvaluationResult Evaluate(BatchSource source, WorkerTeam team, CancellationToken cancellation, string argument)
    {
        var metrics = new MetricAccumulator(_task, _network.OutputSize);
        int tileWidth = _workspace.Layout.Width;
        Run(source, source.TargetKind, team, cancellation, argument, (outputs, width, column, sample) =>
        {
            int inBatch = (int)(sample % BatchSize);
            metrics.Add(outputs, _workspace.TargetTile(inBatch / tileWidth, _network.OutputSize), width, column, _workspace.SampleLosses[inBatch]);
        });
        return metrics.Count > 0
            ? metrics.Result()
            : throw new ArgumentException("There are no samples; at least 1 is needed.", argument);
    }

    public void Predict(BatchSource source, WorkerTeam team, CancellationToken cancellation, string argument, PredictionSink sink) =>
        Run(source, TargetKind.None, team, cancellation, argument, sink);

    private void Run(
        BatchSource source, TargetKind targets, WorkerTeam team, CancellationToken cancellation, string argument, PredictionSink sink)
    {
        var batch = new MiniBatch(BatchSize, source.FeatureCount, targets, source.TargetCount);
        using BatchReader reader = source.OpenPass(null);
        int tileWidth = _workspace.Layout.Width;
        int last = _network.Layers.Length - 1;
        long sample = 0;
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
                sink(_workspace.OutputTile(last, tile, _network.OutputSize), _workspace.Layout.WidthOf(tile), i % tileWidth, sample++);
            }
        }
    }
}
