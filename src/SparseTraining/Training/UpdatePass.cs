using System.Numerics.Tensors;
using SparseTraining.Kernels;
using SparseTraining.Layers;

namespace SparseTraining.Training;

/// <summary>
/// The second half of a step: weight gradients at existing links and the optimizer, cut into ranges of weights that
/// threads share. Each weight has one writer and its sum over samples one order, so the cut does not show.
/// </summary>
internal sealed class UpdatePass(Network network, Workspace workspace) : IParallelWork
{
    /// <summary>Weights of a piece: enough work to be worth a hand-over, little enough to balance the threads.</summary>
    private const int PieceWeights = 4096;

    /// <summary>Gradients computed before the optimizer takes them: a few kilobytes, so that they stay in the cache.</summary>
    private const int CachedValues = 1024;

    private readonly List<(int Layer, PieceKind Kind, int First, int Count)> _pieces = [];
    private readonly Dictionary<ParameterArray, float[]> _collected = [];
    private double[] _squares = [];
    private UpdateRule _rule;
    private int _tiles;
    private Phase _phase;
    private float _factor;

    /// <summary>
    /// A step is one fused pass, unless the gradient's norm over the whole network has to be known first: then gradients
    /// are collected and applied in two.
    /// </summary>
    private enum Phase
    {
        Fused,
        Collect,
        Apply,
    }

    private enum PieceKind
    {
        Weights,
        Biases,
        Activation,
    }

    /// <summary>Pieces of work.</summary>
    public int PieceCount => _pieces.Count;

    /// <summary>Cuts the network's parameters into pieces; again whenever the number of links has changed.</summary>
    public void Plan()
    {
        _pieces.Clear();
        for (int i = 0; i < network.Layers.Length; i++)
        {
            NetworkLayer layer = network.Layers[i];
            int weights = layer.Linear.WeightValues.Length;
            for (int first = 0; first < weights; first += PieceWeights)
            {
                _pieces.Add((i, PieceKind.Weights, first, Math.Min(PieceWeights, weights - first)));
            }

            int neurons = layer.Linear.OutputSize;
            for (int first = 0; first < neurons; first += PieceWeights)
            {
                _pieces.Add((i, PieceKind.Biases, first, Math.Min(PieceWeights, neurons - first)));
            }

            if (layer.Activation.ParametersPerNeuron > 0)
            {
                // Whole neurons to a piece and to what is cached of it.
                int parameters = layer.ActivationParameters.Values.Length;
                int step = CachedValues / layer.Activation.ParametersPerNeuron * layer.Activation.ParametersPerNeuron;
                for (int first = 0; first < parameters; first += step)
                {
                    _pieces.Add((i, PieceKind.Activation, first, Math.Min(step, parameters - first)));
                }
            }
        }
    }

    /// <summary>Trains every parameter on the step's gradients.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="rule">What happens to a piece of gradient.</param>
    /// <param name="tiles">Tiles that hold samples.</param>
    /// <param name="normLimit">The largest norm that the gradient of the whole network may have; 0 for no limit.</param>
    public void Run(WorkerTeam team, in UpdateRule rule, int tiles, double normLimit)
    {
        _rule = rule;
        _tiles = tiles;
        if (normLimit > 0)
        {
            _phase = Phase.Collect;
            EnsureCollected();
            team.Run(this, _pieces.Count);
            double norm = Math.Sqrt(Total(_squares.AsSpan(0, _pieces.Count)));
            _factor = norm > normLimit ? (float)(normLimit / norm) : 1f;
            _phase = Phase.Apply;
        }
        else
        {
            _phase = Phase.Fused;
        }

        team.Run(this, _pieces.Count);
    }

    public void Execute(int piece)
    {
        (int index, PieceKind kind, int first, int count) = _pieces[piece];
        NetworkLayer layer = network.Layers[index];
        ParameterArray parameters = kind switch
        {
            PieceKind.Weights => layer.Linear.Weights,
            PieceKind.Biases => layer.Linear.Biases,
            _ => layer.ActivationParameters,
        };
        bool isBias = kind != PieceKind.Weights;
        if (_phase == Phase.Fused)
        {
            Span<float> scratch = stackalloc float[CachedValues];
            for (int done = 0; done < count; done += CachedValues)
            {
                Span<float> gradient = scratch[..Math.Min(CachedValues, count - done)];
                Compute(layer, index, kind, first + done, gradient);
                _rule.Apply(parameters, gradient, first + done, isBias);
            }

            return;
        }

        Span<float> collected = _collected[parameters].AsSpan(first, count);
        if (_phase == Phase.Collect)
        {
            Compute(layer, index, kind, first, collected);
            _rule.Scale(parameters.Values.AsSpan(first, count), collected, isBias);
            _squares[piece] = SumOfSquares(collected);
        }
        else
        {
            TensorPrimitives.Multiply(collected, _factor, collected);
            _rule.ApplyScaled(parameters, collected, first, isBias);
        }
    }

    /// <summary>The input of a layer over all used tiles.</summary>
    public ReadOnlySpan<float> Input(int layer)
    {
        int features = network.Layers[layer].Linear.InputSize;
        Span<float> all = layer == 0 ? workspace.Input : workspace.AllOutputs(layer - 1);
        return all[..(_tiles * features * workspace.Layout.Width)];
    }

    private static double Total(ReadOnlySpan<double> squares)
    {
        double sum = 0;
        foreach (double square in squares)
        {
            sum += square;
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private void EnsureCollected()
    {
        if (_squares.Length < _pieces.Count)
        {
            _squares = new double[_pieces.Count];
        }

        foreach (ParameterArray array in network.Parameters)
        {
            if (!_collected.TryGetValue(array, out float[]? gradient) || gradient.Length != array.Values.Length)
            {
                _collected[array] = new float[array.Values.Length];
            }
        }
    }

    /// <summary>Computes the summed gradient of parameters [first, first + gradient.Length).</summary>
    private void Compute(NetworkLayer layer, int index, PieceKind kind, int first, Span<float> gradient)
    {
        int width = workspace.Layout.Width;
        int outputs = layer.Linear.OutputSize;
        ReadOnlySpan<float> outputGradient = workspace.AllGradients(index)[..(_tiles * outputs * width)];
        switch (kind)
        {
            case PieceKind.Weights:
                layer.Linear.WeightGradient(Input(index), outputGradient, width, first, gradient);
                break;
            case PieceKind.Biases:
                Sddmm.RowSums(outputGradient, width, outputs, first, gradient);
                break;
            default:
                ActivationGradient(layer, index, first, gradient);
                break;
        }
    }

    private void ActivationGradient(NetworkLayer layer, int index, int first, Span<float> gradient)
    {
        int neurons = layer.Linear.OutputSize;
        int width = workspace.Layout.Width;
        int perNeuron = layer.Activation.ParametersPerNeuron;
        int row = first / perNeuron;
        int rows = gradient.Length / perNeuron;
        gradient.Clear();
        for (int tile = 0; tile < _tiles; tile++)
        {
            layer.Activation.ParameterGradient(
                workspace.LogitTile(index, tile, neurons).Slice(row * width, rows * width),
                workspace.ActivationGradientTile(index, tile, neurons).Slice(row * width, rows * width),
                width,
                layer.ActivationParameters.Values.AsSpan(first, gradient.Length),
                gradient);
        }
    }
}
