using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Predicts on the calling thread, a tile of samples at a time, in memory of its own.</summary>
internal sealed class InferencePass
{
    private readonly Network _network;
    private readonly FeatureScaler? _scaler;
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
            int width = TileLayout.PaddedWidth(samples);
            ReadOnlySpan<float> result = PredictTile(features[..(samples * inputs)], samples, width);
            for (int s = 0; s < samples; s++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    destination[s * outputs + o] = result[o * width + s];
                }
            }

            features = features[(samples * inputs)..];
            destination = destination[(samples * outputs)..];
        }
    }

    private ReadOnlySpan<float> PredictTile(ReadOnlySpan<float> features, int samples, int width)
    {
        EnsureRoom(width);
        ReadOnlySpan<float> block = width == 1 && _scaler is null ? features : Fill(features, samples, width);
        for (int i = 0; i < _network.Layers.Length; i++)
        {
            NetworkLayer layer = _network.Layers[i];
            Span<float> output = (i % 2 == 0 ? _first : _second).Slice(0, layer.Linear.OutputSize * width);
            layer.Linear.ForwardRows(block, output, width, 0, layer.Linear.OutputSize);
            layer.Activation.Forward(output, output, width, layer.ActivationParameters.Values);
            block = output;
        }

        return block;
    }

    private Span<float> Fill(ReadOnlySpan<float> features, int samples, int width)
    {
        int inputs = _network.InputSize;
        Span<float> block = _input.Slice(0, inputs * width);
        int s = 0;
        for (; s + 8 <= samples; s += 8)
        {
            ReadOnlySpan<float> rows = features.Slice(s * inputs, 8 * inputs);
            Transposition.EightRows(
                rows[..inputs], rows.Slice(inputs, inputs), rows.Slice(2 * inputs, inputs), rows.Slice(3 * inputs, inputs),
                rows.Slice(4 * inputs, inputs), rows.Slice(5 * inputs, inputs), rows.Slice(6 * inputs, inputs), rows.Slice(7 * inputs, inputs),
                block, width, s);
        }

        for (; s < samples; s++)
        {
            Transposition.OneRow(features.Slice(s * inputs, inputs), block, width, s);
        }

        if (_scaler is not null)
        {
            Scaling.Rows(block, width, _scaler.Offsets, _scaler.Scales);
        }

        return block;
    }

    private void EnsureRoom(int width)
    {
        if (width > _width)
        {
            _width = width;
            _input = new AlignedBuffer((long)_network.InputSize * width);
            _first = new AlignedBuffer((long)_network.WidestLayer * width);
            _second = new AlignedBuffer((long)_network.WidestLayer * width);
        }
    }
}
