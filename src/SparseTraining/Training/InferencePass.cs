using SparseTraining.Data;
using SparseTraining.Kernels;

namespace SparseTraining.Training;

/// <summary>Predicts up to a tile of samples on the calling thread, in memory of its own.</summary>
internal sealed class InferencePass
{
    private const int LargestTile = 64;
    private readonly Network _network;
    private readonly FeatureScaler? _scaler;
    private float[] _input = [];
    private float[] _first = [];
    private float[] _second = [];

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
        int samples = features.Length / inputs;
        for (int first = 0; first < samples; first += LargestTile)
        {
            int width = Math.Min(LargestTile, samples - first);
            ReadOnlySpan<float> result = PredictTile(features.Slice(first * inputs, width * inputs), width);
            Span<float> rows = destination.Slice(first * outputs, width * outputs);
            for (int s = 0; s < width; s++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    rows[s * outputs + o] = result[o * width + s];
                }
            }
        }
    }

    private ReadOnlySpan<float> PredictTile(ReadOnlySpan<float> features, int width)
    {
        EnsureRoom(width);
        int inputs = _network.InputSize;
        Span<float> block = _input.AsSpan(0, inputs * width);
        for (int s = 0; s < width; s++)
        {
            Transposition.OneRow(features.Slice(s * inputs, inputs), block, width, s);
        }

        if (_scaler is not null)
        {
            Scaling.Rows(block, width, _scaler.Offsets, _scaler.Scales);
        }

        for (int i = 0; i < _network.Layers.Length; i++)
        {
            NetworkLayer layer = _network.Layers[i];
            Span<float> output = (i % 2 == 0 ? _first : _second).AsSpan(0, layer.Linear.OutputSize * width);
            layer.Linear.ForwardRows(block, output, width, 0, layer.Linear.OutputSize);
            layer.Activation.Forward(output, output, width, layer.ActivationParameters.Values);
            block = output;
        }

        return block;
    }

    private void EnsureRoom(int width)
    {
        if (_input.Length < _network.InputSize * width)
        {
            _input = new float[_network.InputSize * width];
            _first = new float[_network.WidestLayer * width];
            _second = new float[_network.WidestLayer * width];
        }
    }
}
