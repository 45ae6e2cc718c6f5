using SparseTraining;
using SparseTraining.Data;

namespace ThesisExperiments.Running;

/// <summary>
/// Roughly how long work takes, before any of it is done: good to within a factor of a few, enough to say when to keep a
/// checkpoint and to share out the time left.
/// </summary>
internal static class Work
{
    private const double SecondsPerParameterAndSample = 6e-11;

    // A step on few samples leaves vector lanes empty.
    private const int FullLanes = 16;
    private const double CheckpointSeconds = 30;

    /// <summary>Seconds of an epoch.</summary>
    public static double EpochSeconds(long parameters, long samples, int batchSize) =>
        SecondsPerParameterAndSample * parameters * samples * Math.Max(1, (double)FullLanes / batchSize);

    /// <summary>Parameters that a step touches: those of masked layers are as many as of dense ones.</summary>
    public static long Parameters(SparseMlp mlp) =>
        mlp.Options.Layers == LayerKind.Sparse ? mlp.ParameterCount : mlp.Summary().DenseParameterCount;

    /// <summary>How often to keep a checkpoint so that little is lost and little time goes into it: every so many epochs, or steps.</summary>
    public static (int Epochs, long Steps) CheckpointInterval(SparseMlp mlp, Dataset train, int batchSize)
    {
        double epoch = EpochSeconds(Parameters(mlp), train.Count, batchSize);
        int epochs = (int)Math.Clamp(CheckpointSeconds / epoch, 1, 100);
        long steps = (train.Count + batchSize - 1) / batchSize;
        return epoch <= 4 * CheckpointSeconds ? (epochs, 0) : (1, Math.Max(1, (long)(steps * 2 * CheckpointSeconds / epoch)));
    }
}
