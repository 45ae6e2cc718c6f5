using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Predicts a tile of samples at a time, in memory of its own: all of it on the calling thread, or layer by layer in pieces.</summary>
internal sealed class InferencePass
{
    private readonly Network _network;
    private readonly FeatureScaler? _scaler;
    private int _room;
    private int _width;
    private AlignedBuffer _input;
    private AlignedBuffer _first;
    private AlignedBuffer _second;

    public InferencePass(Network network, FeatureScaler? scaler)
    {
        _network = network;
        _scaler = scaler;
    }

    /// <summary>Predicts rows of features, [samples, inputs], into rows of outputs, [samples, outputs].</summary>
    public void Predict(ReadOnlySpan<float> features, Span<float> destination)
    {
        int inputs = _network.InputSize;
        int outputs = _network.OutputSize;
        while (!features.IsEmpty)
        {
            int samples = Math.Min(TileLayout.LargestWidth, features.Length / inputs);
            Begin(features[..(samples * inputs)]);
            for (int i = 0; i < _network.Layers.Length; i++)
            {
                ForwardRows(i, 0, _network.Layers[i].Linear.OutputSize);
                Complete(i);
            }

            End(destination[..(samples * outputs)]);
            features = features[(samples * inputs)..];
            destination = destination[(samples * outputs)..];
        }
    }

    /// <summary>Takes in the samples of a tile, [samples, inputs], at most <see cref="TileLayout.LargestWidth"/> of them.</summary>
    public void Begin(ReadOnlySpan<float> features)
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

    /// <summary>Computes neurons [firstRow, firstRow + rowCount) of a layer, with their activation unless it needs all neurons; all inputs must be there.</summary>
    public void ForwardRows(int index, int firstRow, int rowCount)
    {
        NetworkLayer layer = _network.Layers[index];
        ReadOnlySpan<float> input = (index == 0 ? _input : Output(index - 1)).Slice(0, layer.Linear.InputSize * _width);
        layer.Linear.ForwardRows(input, Output(index).Slice(firstRow * _width, rowCount * _width), _width, firstRow, rowCount);
        if (layer.Activation.IsElementwise)
        {
            Activate(index, firstRow, rowCount);
        }
    }

    /// <summary>Computes a layer's activation if it needs all neurons.</summary>
    public void Complete(int index)
    {
        if (!_network.Layers[index].Activation.IsElementwise)
        {
            Activate(index, 0, _network.Layers[index].Linear.OutputSize);
        }
    }

    /// <summary>Gives out the predictions of the tile's samples, [samples, outputs].</summary>
    public void End(Span<float> destination)
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

    /// <summary>Makes room for tiles of a width, so that predicting them allocates nothing.</summary>
    public void EnsureRoom(int width)
    {
        if (width > _room)
        {
            _room = width;
            _input = new AlignedBuffer((long)_network.InputSize * width);
            _first = new AlignedBuffer((long)_network.WidestLayer * width);
            _second = new AlignedBuffer((long)_network.WidestLayer * width);
        }
    }

    private void Activate(int index, int firstRow, int rowCount)
    {
        NetworkLayer layer = _network.Layers[index];
        Span<float> rows = Output(index).Slice(firstRow * _width, rowCount * _width);
        int perNeuron = layer.Activation.ParametersPerNeuron;
        layer.Activation.Forward(rows, rows, _width, layer.ActivationParameters.Values.AsSpan(firstRow * perNeuron, rowCount * perNeuron));
    }

    private AlignedBuffer Output(int layer) => layer % 2 == 0 ? _first : _second;
}
