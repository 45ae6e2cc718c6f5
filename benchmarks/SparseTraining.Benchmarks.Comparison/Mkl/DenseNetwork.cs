namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// A dense multi-layer perceptron by sgemm, as fast as we know how to write it: ReLU, dropout, softmax with cross-entropy,
/// momentum. Blocks are [samples, features].
/// </summary>
internal sealed unsafe class DenseNetwork : IDisposable
{
    private const float MomentumFactor = 0.9f;

    private readonly DenseWeights[] _layers;
    private readonly NativeFloats[] _outputs;
    private readonly NativeFloats[] _gradients;
    private readonly RandomDropout[] _dropouts;
    private readonly float _keptScale;
    private readonly int _threads;

    public DenseNetwork(DenseWeights[] layers, int largestBatch, double dropout, int threads)
    {
        _layers = layers;
        _threads = threads;
        _outputs = [.. layers.Select(layer => new NativeFloats((long)layer.Outputs * largestBatch))];
        _gradients = [.. layers.Skip(1).Select(layer => new NativeFloats((long)layer.Inputs * largestBatch))];
        _dropouts = [.. Enumerable.Range(1, threads).Select(seed => new RandomDropout(dropout, seed))];
        _keptScale = (float)(1 / (1 - dropout));
    }

    public IReadOnlyList<DenseWeights> Layers => _layers;

    private int Classes => _layers[^1].Outputs;

    /// <summary>The result of <see cref="Predict"/>, [samples, classes].</summary>
    public Span<float> Probabilities(int samples) => _outputs[^1].Span[..(samples * Classes)];

    /// <summary>Probabilities of the classes.</summary>
    public void Predict(float* features, int samples) => Forward(features, samples, training: false);

    /// <summary>One step of training on a batch.</summary>
    public void Train(float* features, ReadOnlySpan<int> labels, float learningRate)
    {
        int samples = labels.Length;
        Forward(features, samples, training: true);
        SoftmaxLoss.Gradient(_outputs[^1].Pointer, labels, Classes, 1);
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            DenseWeights layer = _layers[i];
            float* gradient = i == _layers.Length - 1 ? _outputs[i].Pointer : _gradients[i].Pointer;
            float* input = i == 0 ? features : _outputs[i - 1].Pointer;
            if (i > 0)
            {
                Backward(layer, gradient, input, _gradients[i - 1].Pointer, samples);
            }

            layer.Update(input, gradient, samples, MomentumFactor, learningRate / samples);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_layers, layer => layer.Dispose());
        Array.ForEach(_outputs, block => block.Dispose());
        Array.ForEach(_gradients, block => block.Dispose());
    }

    private void Forward(float* features, int samples, bool training)
    {
        float* input = features;
        for (int i = 0; i < _layers.Length; i++)
        {
            DenseWeights layer = _layers[i];
            float* output = _outputs[i].Pointer;
            if (samples == 1)
            {
                Gemm.Vector(layer.Values.Pointer, input, output, layer.Inputs, layer.Outputs);
            }
            else
            {
                Gemm.Forward(layer.Values.Pointer, input, output, layer.Inputs, layer.Outputs, samples);
            }

            if (i == _layers.Length - 1)
            {
                SoftmaxLoss.Probabilities(output, layer.Biases.Pointer, samples, layer.Outputs, layer.Outputs, 1);
            }
            else
            {
                Activate(layer, output, samples, training);
            }

            input = output;
        }
    }

    private void Activate(DenseWeights layer, float* output, int samples, bool training) =>
        OpenMPTeam.Run(Math.Min(_threads, samples), (thread, threads) =>
        {
            (int first, int end) = OpenMPTeam.Range(samples, thread, threads);
            var none = default(NoDropout);

            // A copy: the states of two threads may lie in one cache line.
            RandomDropout dropout = _dropouts[thread];
            for (int sample = first; sample < end; sample++)
            {
                float* row = output + (nint)sample * layer.Outputs;
                if (training)
                {
                    Elementwise.BiasReluDropout(row, layer.Biases.Pointer, 1, layer.Outputs, ref dropout);
                }
                else
                {
                    Elementwise.BiasReluDropout(row, layer.Biases.Pointer, 1, layer.Outputs, ref none);
                }
            }

            _dropouts[thread] = dropout;
        });

    private void Backward(DenseWeights layer, float* gradient, float* input, float* inputGradient, int samples)
    {
        Gemm.Backward(layer.Values.Pointer, gradient, inputGradient, layer.Inputs, layer.Outputs, samples);
        OpenMPTeam.Run(_threads, (thread, threads) =>
        {
            (int first, int end) = OpenMPTeam.Range(samples * layer.Inputs, thread, threads);
            Elementwise.ReluDropoutGradient(inputGradient + first, input + first, end - first, _keptScale);
        });
    }
}
