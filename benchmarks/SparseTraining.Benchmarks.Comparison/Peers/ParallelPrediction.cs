namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>
/// <see cref="SparseMlpPredictor.Predict(ReadOnlySpan{float}, Span{float})"/> works on its caller's thread and may be called by
/// several at once; so a batch is shared out among callers. They stay, as the threads of the other peers do.
/// </summary>
internal sealed class ParallelPrediction : IDisposable
{
    private readonly SparseMlpPredictor _predictor;
    private readonly float[] _features;
    private readonly float[] _outputs;
    private readonly int _samples;
    private readonly Barrier _barrier;
    private readonly Thread[] _others;
    private bool _isOver;

    public ParallelPrediction(SparseMlpPredictor predictor, float[] features, int threads)
    {
        _predictor = predictor;
        _features = features;
        _samples = features.Length / predictor.InputSize;
        _outputs = new float[_samples * predictor.OutputSize];
        _barrier = new Barrier(threads);
        _others = new Thread[threads - 1];
        for (int i = 0; i < _others.Length; i++)
        {
            int share = i + 1;
            _others[i] = new Thread(() => Serve(share)) { IsBackground = true };
            _others[i].Start();
        }
    }

    /// <summary>Predicts the batch.</summary>
    public void Run()
    {
        _barrier.SignalAndWait();
        Predict(0);
        _barrier.SignalAndWait();
    }

    public void Dispose()
    {
        _isOver = true;
        _barrier.SignalAndWait();
        Array.ForEach(_others, thread => thread.Join());
        _barrier.Dispose();
    }

    private void Serve(int share)
    {
        _barrier.SignalAndWait();
        while (!_isOver)
        {
            Predict(share);
            _barrier.SignalAndWait();
            _barrier.SignalAndWait();
        }
    }

    private void Predict(int share)
    {
        int first = _samples * share / _barrier.ParticipantCount;
        int count = _samples * (share + 1) / _barrier.ParticipantCount - first;
        _predictor.Predict(
            _features.AsSpan(first * _predictor.InputSize, count * _predictor.InputSize), _outputs.AsSpan(first * _predictor.OutputSize, count * _predictor.OutputSize));
    }
}
