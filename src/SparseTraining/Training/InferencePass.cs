using SparseTraining.Data;
using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>Predicts a tile of samples at a time, in memory of its own; a team of threads may share the rows of one layer after another.</summary>
internal sealed class InferencePass : IParallelWork
{
    /// <summary>Fewer samples take a tile no less time.</summary>
    public const int SmallestTile = 16;

    /// <summary>The fewest links of a piece, times groups of sixteen samples: what a hand-over between threads costs is little against them.</summary>
    private const int PieceLinks = 8192;

    /// <summary>Pieces of a layer for each thread, so that one that is held back does not hold back the others.</summary>
    private const int PiecesPerThread = 2;

    private readonly Network _network;
    private readonly FeatureScaler? _scaler;
    private int _room;
    private int _width;
    private AlignedBuffer _input;
    private AlignedBuffer _first;
    private AlignedBuffer _second;
    private int _layer;
    private int _pieces;

    public InferencePass(Network network, FeatureScaler? scaler)
    {
        _network = network;
        _scaler = scaler;
    }

    /// <summary>Predicts rows of features, [samples, inputs], into rows of outputs, [samples, outputs].</summary>
    /// <param name="features">The samples.</param>
    /// <param name="destination">Receives the predictions.</param>
    /// <param name="team">The threads that share the rows of a layer where it is large enough; <see cref="WorkerTeam.Alone"/> for the caller's only.</param>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination, WorkerTeam team)
    {
        int inputs = _network.InputSize;
        int outputs = _network.OutputSize;
        while (!features.IsEmpty)
        {
            int samples = Math.Min(TileLayout.LargestWidth, features.Length / inputs);
            Begin(features[..(samples * inputs)]);
            for (_layer = 0; _layer < _network.Layers.Length; _layer++)
            {
                _pieces = Pieces(_network.Layers[_layer].Linear, samples, team);
                team.Run(this, _pieces);
                Complete();
            }

            End(destination[..(samples * outputs)]);
            features = features[(samples * inputs)..];
            destination = destination[(samples * outputs)..];
        }
    }

    /// <summary>Computes some neurons of a layer, with their activation unless it needs all neurons.</summary>
    public void Execute(int piece, int worker)
    {
        NetworkLayer layer = _network.Layers[_layer];
        int first = FirstRow(layer.Linear, piece);
        int count = FirstRow(layer.Linear, piece + 1) - first;
        ReadOnlySpan<float> input = (_layer == 0 ? _input : Output(_layer - 1)).Slice(0, layer.Linear.InputSize * _width);
        layer.Linear.ForwardRows(input, Output(_layer).Slice(first * _width, count * _width), _width, first, count);
        if (layer.Activation.IsElementwise)
        {
            Activate(layer, first, count);
        }
    }

    /// <summary>Makes room for tiles of a width, so that predicting them allocates nothing.</summary>
    public void EnsureRoom(int width)
    {
        if (width > _room)
        {
            var input = new AlignedBuffer((long)_network.InputSize * width);
            var first = new AlignedBuffer((long)_network.WidestLayer * width);
            _second = new AlignedBuffer((long)_network.WidestLayer * width);
            (_input, _first, _room) = (input, first, width);
        }
    }

    /// <summary>Takes in the samples of a tile, [samples, inputs], at most <see cref="TileLayout.LargestWidth"/> of them.</summary>
    private void Begin(ReadOnlySpan<float> features)
    {
        int inputs = _network.InputSize;
        int samples = features.Length / inputs;
        _width = TileLayout.PaddedWidth(samples);
        EnsureRoom(_width);
        Span<float> block = _input.Slice(0, inputs * _width);
        int s = 0;
        for (; s + 8 <= samples; s += 8)
        {
            ReadOnlySpan<float> rows = features.Slice(s * inputs, 8 * inputs);
            Transposition.EightRows(
                rows[..inputs], rows.Slice(inputs, inputs), rows.Slice(2 * inputs, inputs), rows.Slice(3 * inputs, inputs),
                rows.Slice(4 * inputs, inputs), rows.Slice(5 * inputs, inputs), rows.Slice(6 * inputs, inputs), rows.Slice(7 * inputs, inputs),
                block, _width, s);
        }

        for (; s < samples; s++)
        {
            Transposition.OneRow(features.Slice(s * inputs, inputs), block, _width, s);
        }

        if (_scaler is not null)
        {
            Scaling.Rows(block, _width, _scaler.Offsets, _scaler.Scales);
        }
    }

    /// <summary>Computes the layer's activation if it needs all neurons.</summary>
    private void Complete()
    {
        NetworkLayer layer = _network.Layers[_layer];
        if (!layer.Activation.IsElementwise)
        {
            Activate(layer, 0, layer.Linear.OutputSize);
        }
    }

    /// <summary>Gives out the predictions of the tile's samples, [samples, outputs].</summary>
    private void End(Span<float> destination)
    {
        int outputs = _network.OutputSize;
        ReadOnlySpan<float> result = Output(_network.Layers.Length - 1).Slice(0, outputs * _width);
        for (int s = 0; s < destination.Length / outputs; s++)
        {
            for (int o = 0; o < outputs; o++)
            {
                destination[s * outputs + o] = result[o * _width + s];
            }
        }
    }

    private void Activate(NetworkLayer layer, int firstRow, int rowCount)
    {
        Span<float> rows = Output(_layer).Slice(firstRow * _width, rowCount * _width);
        int perNeuron = layer.Activation.ParametersPerNeuron;
        layer.Activation.Forward(rows, rows, _width, layer.ActivationParameters.Values.AsSpan(firstRow * perNeuron, rowCount * perNeuron));
    }

    private static int Pieces(LinearLayer linear, int samples, WorkerTeam team)
    {
        long work = (long)linear.LinkCount * ((samples + SmallestTile - 1) / SmallestTile);
        return team.Size == 1 ? 1 : (int)Math.Clamp(work / PieceLinks, 1, Math.Min(Groups(linear), PiecesPerThread * team.Size));
    }

    private int FirstRow(LinearLayer linear, int piece) =>
        Math.Min((int)((long)Groups(linear) * piece / _pieces) * linear.RowGroup, linear.OutputSize);

    private static int Groups(LinearLayer linear) => (linear.OutputSize + linear.RowGroup - 1) / linear.RowGroup;

    private AlignedBuffer Output(int layer) => layer % 2 == 0 ? _first : _second;
}
