using SparseTraining.Data;
using SparseTraining.Optimizers;
using SparseTraining.Training;

namespace SparseTraining.Benchmarks.Training;

/// <summary>
/// A network and just enough data for a given number of steps: one epoch through the front door, data handling and
/// dropout included. Fit goes on from where it was, so that no network is built; it does make a workspace, which the
/// steps share.
/// </summary>
internal sealed class TrainingRun(
    string network,
    LayerKind layers,
    int batchSize = 100,
    int threads = 2,
    double epsilon = 20,
    Optimizer? optimizer = null,
    int steps = TrainingRun.Steps)
{
    /// <summary>Steps of a run unless said otherwise.</summary>
    public const int Steps = 40;

    private readonly SparseMlp _mlp = Workloads.Network(network, layers, epsilon, optimizer);
    private readonly Dataset _data = Workloads.Data(network, steps * batchSize);

    /// <summary>Trains for one epoch.</summary>
    /// <param name="callbacks">Watchers of the steps.</param>
    /// <returns>The history.</returns>
    public FitResult Execute(params TrainingCallback[] callbacks) => _mlp.Fit(_data, new FitOptions
    {
        Epochs = 1,
        BatchSize = batchSize,
        MaxDegreeOfParallelism = threads,
        WarmStart = true,
        Callbacks = callbacks,
    });
}
