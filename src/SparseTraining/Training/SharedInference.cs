using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>
/// Predicts with a team of threads: each takes tiles of samples through all layers, or, where the samples are too few for that, they share
/// the rows of one layer after another. The results are the same.
/// </summary>
internal sealed unsafe class SharedInference : IParallelWork, IDisposable
{
    /// <summary>The fewest links of a piece, times groups of sixteen samples: what a hand-over between threads costs is little against them.</summary>
    private const int PieceLinks = 8192;

    /// <summary>Pieces of a layer for each thread, so that one that is held back does not hold back the others.</summary>
    private const int PiecesPerThread = 2;

    /// <summary>Threads for each tile, from which on sharing rows pays.</summary>
    private const int ThreadsPerTile = 4;

    /// <summary>Fewer samples take a tile no less time, so that threads share its rows instead.</summary>
    private const int SmallestTile = 16;

    private readonly Network _network;
    private readonly WorkerTeam _team;
    private readonly InferencePass[] _passes;
    private readonly Lock _turn = new();
    private bool _disposed;
    private float* _features;
    private float* _destination;
    private int _samples;
    private int _tileSamples;

    /// <summary>The layer whose rows are shared, or −1 while tiles are.</summary>
    private int _layer = -1;
    private int _pieces;

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
                ByRows(features, destination);
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
        if (_layer < 0)
        {
            int first = piece * _tileSamples;
            int count = Math.Min(_tileSamples, _samples - first);
            _passes[worker].Predict(
                new ReadOnlySpan<float>(_features + (nint)first * _network.InputSize, count * _network.InputSize),
                new Span<float>(_destination + (nint)first * _network.OutputSize, count * _network.OutputSize));
        }
        else
        {
            LinearLayer linear = _network.Layers[_layer].Linear;
            int first = FirstRow(linear, piece);
            _passes[0].ForwardRows(_layer, first, FirstRow(linear, piece + 1) - first);
        }
    }

    private void ByTiles(ReadOnlySpan<float> features, Span<float> destination, int samples, int tileSamples, int tiles)
    {
        foreach (InferencePass pass in _passes)
        {
            pass.EnsureRoom(TileLayout.LargestWidth);
        }

        _layer = -1;
        _samples = samples;
        _tileSamples = tileSamples;
        fixed (float* from = features, to = destination)
        {
            _features = from;
            _destination = to;
            _team.Run(this, tiles);
        }
    }

    private void ByRows(ReadOnlySpan<float> features, Span<float> destination)
    {
        int inputs = _network.InputSize;
        int outputs = _network.OutputSize;
        InferencePass pass = _passes[0];
        while (!features.IsEmpty)
        {
            int samples = Math.Min(TileLayout.LargestWidth, features.Length / inputs);
            pass.Begin(features[..(samples * inputs)]);
            for (_layer = 0; _layer < _network.Layers.Length; _layer++)
            {
                _pieces = Pieces(_network.Layers[_layer].Linear, samples);
                _team.Run(this, _pieces);
                pass.Complete(_layer);
            }

            pass.End(destination[..(samples * outputs)]);
            features = features[(samples * inputs)..];
            destination = destination[(samples * outputs)..];
        }
    }

    /// <summary>Samples of a tile: so many that all threads have the same number of tiles, if that is possible.</summary>
    private int TileSamples(int samples)
    {
        int turns = (samples + Threads * TileLayout.LargestWidth - 1) / (Threads * TileLayout.LargestWidth);
        return Math.Max(SmallestTile, TileLayout.PaddedWidth((samples + turns * Threads - 1) / (turns * Threads)));
    }

    private int Pieces(LinearLayer linear, int samples)
    {
        long work = (long)linear.LinkCount * ((samples + SmallestTile - 1) / SmallestTile);
        return (int)Math.Clamp(work / PieceLinks, 1, Math.Min(Groups(linear), PiecesPerThread * Threads));
    }

    private int FirstRow(LinearLayer linear, int piece) =>
        Math.Min((int)((long)Groups(linear) * piece / _pieces) * linear.RowGroup, linear.OutputSize);

    private static int Groups(LinearLayer linear) => (linear.OutputSize + linear.RowGroup - 1) / linear.RowGroup;
}
