using SparseTraining.Benchmarks.Comparison.Mkl;

namespace SparseTraining.Benchmarks.Comparison.Peers;

/// <summary>
/// Batches that lie one after another in memory and are read where they lie: shuffling and copying, which a step of this
/// library has, are spared the peers.
/// </summary>
internal sealed unsafe class BatchCycle : IDisposable
{
    private readonly NativeFloats _features;
    private readonly int[] _labels;
    private readonly int _batch;
    private readonly int _inputs;
    private int _next;

    public BatchCycle(Work work, int batches = 40)
    {
        (int inputs, _, int outputs) = Workloads.Shape(work.Network);
        _batch = work.Batch;
        _inputs = inputs;
        _features = new NativeFloats(Workloads.Numbers(batches * work.Batch * inputs, 0f));
        _labels = [.. Enumerable.Range(0, batches * work.Batch).Select(sample => sample * 7 % outputs)];
    }

    public float* Next(out ReadOnlySpan<int> labels)
    {
        int first = _next * _batch;
        _next = (_next + 1) % (_labels.Length / _batch);
        labels = _labels.AsSpan(first, _batch);
        return _features.Pointer + (nint)first * _inputs;
    }

    public void Dispose() => _features.Dispose();
}
