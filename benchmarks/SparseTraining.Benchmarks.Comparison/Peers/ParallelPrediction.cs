namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>
/// <see cref="SparseMlp.Predict(ReadOnlySpan{float}, Span{float})"/> works on its caller's thread and may be called by
/// several at once; so a batch is shared out among callers.
/// </summary>
internal sealed class ParallelPrediction(SparseMlp mlp, float[] features, float[] outputs, int samples, int threads)
{
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = threads };

    public void Run()
    {
        if (threads == 1)
        {
            mlp.Predict(features, outputs);
        }
        else
        {
            Parallel.For(0, threads, _options, Share);
        }
    }

    private void Share(int thread)
    {
        int first = samples * thread / threads;
        int count = samples * (thread + 1) / threads - first;
        mlp.Predict(
            features.AsSpan(first * mlp.InputSize, count * mlp.InputSize), outputs.AsSpan(first * mlp.OutputSize, count * mlp.OutputSize));
    }
}
