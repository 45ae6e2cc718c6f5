using SparseTraining.Layers;

namespace SparseTraining.Benchmarks.Comparison.Mkl;

/// <summary>
/// The sparse network of a <see cref="SparseMlp"/> by oneMKL's sparse routines, as far as they go: predictions, and of a
/// step the forward pass and the input gradient. There is no routine for a weight gradient at given links.
/// </summary>
/// <remarks>
/// Blocks are [features, samples], many times faster here than the other order. The routine for Aᵀ X is slow, so Wᵀ is
/// stored too; that training would have to rewrite its values after each step is not counted. The dense last layer goes
/// by sgemm.
/// </remarks>
internal sealed unsafe class SparseNetwork : IDisposable
{
    private readonly SparseMatrix[] _weights;
    private readonly SparseMatrix[] _transposed;
    private readonly NativeFloats _lastWeights;
    private readonly NativeFloats[] _biases;
    private readonly NativeFloats[] _blocks;
    private readonly NativeFloats[] _gradients;
    private readonly RandomDropout[] _dropouts;
    private readonly float _keptScale;
    private readonly int _threads;

    public SparseNetwork(IReadOnlyList<LinearLayer> layers, int largestBatch, double dropout, int threads)
    {
        SparseLinearLayer[] sparse = [.. layers.OfType<SparseLinearLayer>()];
        _threads = threads;
        _weights = [.. sparse.Select(layer => SparseMatrix.Create(layer.Mask, layer.WeightValues))];
        _transposed = [.. sparse.Skip(1).Select(layer => SparseMatrix.CreateTransposed(layer.Mask, layer.WeightValues))];
        _lastWeights = new NativeFloats(layers[^1].WeightValues);
        _biases = [.. layers.Select(layer => new NativeFloats(layer.BiasValues))];
        _blocks = [.. layers.Select(layer => new NativeFloats((long)layer.InputSize * largestBatch)), new NativeFloats((long)layers[^1].OutputSize * largestBatch)];
        _gradients = [.. layers.Skip(1).Select(layer => new NativeFloats((long)layer.InputSize * largestBatch))];
        _dropouts = [.. Enumerable.Range(1, threads).Select(seed => new RandomDropout(dropout, seed))];
        _keptScale = (float)(1 / (1 - dropout));
    }

    private int Classes => _biases[^1].Count;

    /// <summary>The result of <see cref="Predict"/>, [classes, samples].</summary>
    public Span<float> Probabilities(int samples) => _blocks[^1].Span[..(samples * Classes)];

    /// <summary>What <see cref="ForwardAndInputGradient"/> leaves at the first hidden layer, [features, samples].</summary>
    public Span<float> FirstHiddenGradient(int samples) => _gradients[0].Span[..(_weights[0].Rows * samples)];

    /// <summary>Probabilities of the classes.</summary>
    public void Predict(float* features, int samples) => Forward(features, samples, training: false);

    /// <summary>Forward pass, loss and input gradients of one step.</summary>
    public void ForwardAndInputGradient(float* features, ReadOnlySpan<int> labels)
    {
        int samples = labels.Length;
        Forward(features, samples, training: true);
        float* gradient = _blocks[^1].Pointer;
        SoftmaxLoss.Gradient(gradient, labels, 1, samples);
        for (int i = _gradients.Length - 1; i >= 0; i--)
        {
            float* inputGradient = _gradients[i].Pointer;
            if (i == _gradients.Length - 1)
            {
                Gemm.BackwardFeatureMajor(_lastWeights.Pointer, gradient, inputGradient, _weights[i].Rows, Classes, samples);
            }
            else
            {
                _transposed[i].Multiply(SparseMatrix.Operation.Plain, SparseMatrix.Layout.FeatureMajor, gradient, inputGradient, samples);
            }

            float* output = _blocks[i + 1].Pointer;
            int count = _weights[i].Rows * samples;
            OpenMPTeam.Run(_threads, (thread, threads) =>
            {
                (int first, int end) = OpenMPTeam.Range(count, thread, threads);
                Elementwise.ReluDropoutGradient(inputGradient + first, output + first, end - first, _keptScale);
            });
            gradient = inputGradient;
        }
    }

    public void Dispose()
    {
        foreach (IDisposable part in (IEnumerable<IDisposable>)[.. _weights, .. _transposed, .. _biases, .. _blocks, .. _gradients, _lastWeights])
        {
            part.Dispose();
        }
    }

    private void Forward(float* features, int samples, bool training)
    {
        ToFeatureMajor(features, samples);
        for (int i = 0; i < _weights.Length; i++)
        {
            SparseMatrix weights = _weights[i];
            float* output = _blocks[i + 1].Pointer;
            if (samples == 1)
            {
                weights.Multiply(_blocks[i].Pointer, output);
            }
            else
            {
                weights.Multiply(SparseMatrix.Operation.Plain, SparseMatrix.Layout.FeatureMajor, _blocks[i].Pointer, output, samples);
            }

            Activate(_biases[i], output, samples, training);
        }

        float* logits = _blocks[^1].Pointer;
        Gemm.ForwardFeatureMajor(_lastWeights.Pointer, _blocks[^2].Pointer, logits, _weights[^1].Rows, Classes, samples);
        SoftmaxLoss.Probabilities(logits, _biases[^1].Pointer, samples, Classes, 1, samples);
    }

    private void ToFeatureMajor(float* features, int samples)
    {
        int inputs = _weights[0].Columns;
        if (samples == 1)
        {
            new ReadOnlySpan<float>(features, inputs).CopyTo(_blocks[0].Span);
            return;
        }

        float one = 1f;
        byte rowMajor = (byte)'R';
        byte transposed = (byte)'T';
        nuint rows = (nuint)samples;
        nuint columns = (nuint)inputs;
        MklLibrary.TransposedCopy(&rowMajor, &transposed, &rows, &columns, &one, features, &columns, _blocks[0].Pointer, &rows);
    }

    private void Activate(NativeFloats biases, float* output, int samples, bool training)
    {
        var none = default(NoDropout);
        if (samples == 1)
        {
            Elementwise.BiasReluDropout(output, biases.Pointer, 1, biases.Count, ref none);
            return;
        }

        OpenMPTeam.Run(_threads, (thread, threads) =>
        {
            (int first, int end) = OpenMPTeam.Range(biases.Count, thread, threads);
            var keepAll = default(NoDropout);

            // A copy: the states of two threads may lie in one cache line.
            RandomDropout dropout = _dropouts[thread];
            for (int feature = first; feature < end; feature++)
            {
                float* row = output + (nint)feature * samples;
                if (training)
                {
                    Elementwise.BiasReluDropout(row, biases.Pointer + feature, 0, samples, ref dropout);
                }
                else
                {
                    Elementwise.BiasReluDropout(row, biases.Pointer + feature, 0, samples, ref keepAll);
                }
            }

            _dropouts[thread] = dropout;
        });
    }
}
