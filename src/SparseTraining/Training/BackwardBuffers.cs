using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>What a <see cref="BackwardPass"/> and its updates write to beside the workspace: gradients of parameters, and memory of each thread's own.</summary>
internal sealed class BackwardBuffers
{
    private readonly Network _network;
    private readonly float[][] _gradients;
    private readonly float[][] _scratch;
    private readonly AlignedBuffer[] _inputGradients;

    /// <summary>Allocates what does not depend on the links; call <see cref="Ensure"/> for the rest.</summary>
    public BackwardBuffers(Network network, TileLayout layout, int workers)
    {
        _network = network;
        _gradients = [.. Enumerable.Repeat(Array.Empty<float>(), network.Layers.Length)];
        _scratch = [.. Enumerable.Repeat(Array.Empty<float>(), workers)];
        _inputGradients = [.. Enumerable.Range(0, workers).Select(_ => new AlignedBuffer(BackwardMemory.InputGradientsLength(network, layout)))];
    }

    public long Bytes =>
        sizeof(float) * _scratch.Concat(_gradients).Distinct().Sum(array => array.LongLength) + sizeof(double) * Squares.LongLength
        + _inputGradients.Sum(buffer => buffer.Bytes);

    /// <summary>The squared norm of the gradient of each piece of parameters, where they are wanted.</summary>
    public double[] Squares { get; private set; } = [];

    /// <summary>Makes room for what is planned; room that is there already stays.</summary>
    public void Ensure(BackwardMemory memory)
    {
        for (int worker = 0; worker < _scratch.Length; worker++)
        {
            Grow(ref _scratch[worker], memory.ScratchLength);
        }

        for (int layer = 0; layer < _gradients.Length; layer++)
        {
            if (memory.SharesGradients && layer > 0)
            {
                _gradients[layer] = _gradients[0];
            }
            else
            {
                Grow(ref _gradients[layer], memory.GradientLengths[layer]);
            }
        }

        Squares = new double[memory.SquareCount];

        static void Grow(ref float[] array, int length) => array = array.Length < length ? new float[length] : array;
    }

    /// <summary>A tile's gradients of one kind of parameters of a layer; without tiles, number 0 holds those of all.</summary>
    public Span<float> Gradient(int layer, int tile, ParameterKind kind)
    {
        NetworkLayer parameters = _network.Layers[layer];
        int weights = parameters.Linear.WeightValues.Length;
        int neurons = parameters.Linear.OutputSize;
        Span<float> all = _gradients[layer].AsSpan(tile * parameters.ParameterLength, parameters.ParameterLength);
        return kind switch
        {
            ParameterKind.Weights => all[..weights],
            ParameterKind.Biases => all.Slice(weights, neurons),
            _ => all[(weights + neurons)..],
        };
    }

    /// <summary>Memory of a thread's own.</summary>
    public Span<float> Scratch(int worker) => _scratch[worker];

    /// <summary>A thread's room for dA on its way through an activation; begins at a cache line.</summary>
    public Span<float> InputGradient(int worker, int length) => _inputGradients[worker].Slice(0, length);
}
