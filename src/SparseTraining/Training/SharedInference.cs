using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>
/// Predicts with a team of threads: each takes tiles of samples through all layers, or, where the samples are too few for that, they share
/// the rows of one layer after another. The results are the same.
/// </summary>
internal sealed unsafe class SharedInference : IParallelWork, IDisposable
{
    /// <summary>Threads for each tile, from which on sharing rows pays.</summary>
    private const int ThreadsPerTile = 4;

    private readonly Network _network;
    private readonly WorkerTeam _team;
    private readonly InferencePass[] _passes;
    private readonly Lock _turn = new();
    private bool _disposed;
    private float* _features;
    private float* _destination;
    private int _samples;
    private int _tileSamples;

    public SharedInference(Network network, FeatureScaler? scaler, int threads)
    {
        _network = network;
        _team = new WorkerTeam(threads, isCounted: false);
        _passes = new InferencePass[_team.Size];
        for (int i = 0; i < _passes.Length; i++)
        {
            _passes[i] = new InferencePass(network, scaler);
        }
    }

    public int Threads => _team.Size;

    /// <summary>Predicts rows of features, [samples, inputs], into rows of outputs, [samples, outputs]. Callers take turns.</summary>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(ParallelPredictor));
            int samples = destination.Length / _network.OutputSize;
            int tileSamples = TileSamples(samples);
            int tiles = (samples + tileSamples - 1) / tileSamples;
            if (tiles > 1 && tiles * ThreadsPerTile > Threads)
            {
                ByTiles(features, destination, samples, tileSamples, tiles);
            }
            else
            {
                _passes[0].Predict(features, destination, _team);
            }
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _team.Dispose();
        }
    }

    public void Execute(int piece, int worker)
    {
        int first = piece * _tileSamples;
        int count = Math.Min(_tileSamples, _samples - first);
        _passes[worker].Predict(
            new ReadOnlySpan<float>(_features + (nint)first * _network.InputSize, count * _network.InputSize),
            new Span<float>(_destination + (nint)first * _network.OutputSize, count * _network.OutputSize),
            WorkerTeam.Alone);
    }

    private void ByTiles(ReadOnlySpan<float> features, Span<float> destination, int samples, int tileSamples, int tiles)
    {
        foreach (InferencePass pass in _passes)
        {
            pass.EnsureRoom(TileLayout.LargestWidth);
        }

        _samples = samples;
        _tileSamples = tileSamples;
        fixed (float* from = features, to = destination)
        {
            _features = from;
            _destination = to;
            _team.Run(this, tiles);
        }
    }

    /// <summary>Samples of a tile: so many that all threads have the same number of tiles, if that is possible.</summary>
    private int TileSamples(int samples)
    {
        int turns = (samples + Threads * TileLayout.LargestWidth - 1) / (Threads * TileLayout.LargestWidth);
        return Math.Max(InferencePass.SmallestTile, TileLayout.PaddedWidth((samples + turns * Threads - 1) / (turns * Threads)));
    }
}
